"""Real files to hand in as evidence, made by the browser: a photograph as JPEG or PNG, a signed sheet as PDF."""

from __future__ import annotations

from html import escape

from playwright.sync_api import Browser

SCENE = """<body style="margin:0;background:linear-gradient(#9ec3dd 55%,#8b8678 55%);font:28px sans-serif;height:600px">
<div style="position:absolute;left:160px;top:330px;width:420px;height:170px;background:#5b4a36;border-radius:60% 40% 8% 8%"></div>
<p style="position:absolute;right:16px;bottom:8px;color:#fff;margin:0">{words}</p></body>"""
SHEET = '<body style="font:18px sans-serif;margin:60px"><h1>{title}</h1>{lines}</body>'


def photograph(browser: Browser, words: str, type: str = "jpeg") -> bytes:
    """A picture with these words in its corner, as a camera writes date and place."""
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.set_content(SCENE.format(words=escape(words)))
    made = page.screenshot(type=type)
    page.close()
    return made


def sheet(browser: Browser, title: str, *lines: str) -> bytes:
    """A page of paper, as a scanner gives it."""
    page = browser.new_page()
    page.set_content(
        SHEET.format(title=escape(title), lines="".join(f"<p>{escape(one)}</p>" for one in lines))
    )
    made = page.pdf(format="A4")
    page.close()
    return made
