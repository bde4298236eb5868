"""Why a dossier was not sealed, taken or entered; nothing was written."""

from __future__ import annotations


class DossierError(Exception):
    """Refused with a sentence that says what to do."""


class NotPermitted(DossierError):
    """This person may not do this."""


class NotArchived(DossierError):
    """Only an archived case has a dossier to seal."""


class NotSealed(DossierError):
    """There is no sealed dossier to take."""


class FileAltered(DossierError):
    """A file is not what was registered: the package is not handed out."""


class PaperRefused(DossierError):
    """What was entered of a paper dossier is not right; `problems` by control name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems
