"""`python -m yifa`: the same command line as `yifa`."""

from yifa.site.cli.main import main

if __name__ == "__main__":
    main()
