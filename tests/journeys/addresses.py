"""Every address of the url patterns: pages with sample arguments and who may see them, and what is no page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Visit:
    """A page as one role sees it. `press`: a button to press once there, so that the page comes back as an answer."""

    role: str
    address: str
    status: int = 200
    press: str = ""


HANDLER, HEAD, OFFICE = "承办", "负责人", "领导小组办公室"
SYSTEM, SECURITY, SUPERVISOR = "系统管理员", "安全管理员", "监督"
STAGES = [f"2026-{one:04}" for one in (1, 2, 3, 4, 5, 6, 7, 8, 9, 15)] + ["2021-0001", "2021-0005"]
ARTICLE = quote("行政处罚法第五十八条")
SEND = "main form.act-form button[type=submit]"

PAGES: dict[str, list[Visit]] = {
    "": [Visit("", "/"), Visit("", "/en/"), Visit("", "/no/such/page/", 404)],
    "style/": [Visit("", "/style/")],
    "login/": [Visit("", "/login/")],
    "desk/": [
        Visit(HANDLER, "/desk/"), Visit(HEAD, "/desk/"), Visit(SYSTEM, "/desk/"), Visit("协管", "/desk/?tab=done"),
        Visit(HANDLER, "/desk/?tab=mine"), Visit("法律顾问", "/desk/"), Visit(HANDLER, "/en/desk/"),
    ],
    "desk/search/": [
        Visit(HANDLER, "/desk/search/"), Visit(HANDLER, f"/desk/search/?q={quote('公司')}"),
        Visit(HANDLER, f"/desk/search/?q={quote('绝无此人')}"), Visit(HANDLER, "/desk/search/?q=" + "x" * 3000, 400),
    ],
    "desk/account/": [Visit(HANDLER, "/desk/account/"), Visit("公示", "/desk/account/")],
    "desk/account/kept/": [Visit(HANDLER, "/desk/account/kept/")],
    "desk/account/password/": [
        Visit(HANDLER, "/desk/account/password/", 403),
    ],
    "desk/account/second-factor/": [
        Visit(HANDLER, "/desk/account/second-factor/", 403),
    ],
    "desk/accounts/": [Visit(SYSTEM, "/desk/accounts/"), Visit(HANDLER, "/desk/accounts/", 403)],
    "desk/accounts/new/": [
        Visit(SYSTEM, "/desk/accounts/new/"), Visit(SYSTEM, "/desk/accounts/new/", 422, "main form button"),
        Visit("审计管理员", "/desk/accounts/new/", 403),
    ],
    "desk/accounts/<int:pk>/": [
        Visit(SYSTEM, "/desk/accounts/{account}/"), Visit(SECURITY, "/desk/accounts/{account}/"),
        Visit("审计管理员", "/desk/accounts/{account}/"), Visit(SYSTEM, "/desk/accounts/999999/", 404),
    ],
    "desk/imports/new/": [
        Visit(OFFICE, "/desk/imports/new/"), Visit(OFFICE, "/desk/imports/new/", 422, "main form button"),
        Visit(HANDLER, "/desk/imports/new/", 403),
    ],
    "desk/imports/<int:number>/": [
        Visit(OFFICE, "/desk/imports/{bad}/"), Visit(OFFICE, "/desk/imports/{good}/"),
        Visit(OFFICE, "/desk/imports/999999/", 404),
    ],
    "desk/cases/new/": [
        Visit(HANDLER, "/desk/cases/new/"), Visit(HANDLER, "/desk/cases/new/", 422, "main form button[type=submit]"),
    ],
    "desk/cases/<str:no>/": [
        *[Visit(HANDLER, f"/desk/cases/{no}/") for no in STAGES], Visit(HEAD, "/desk/cases/2026-0006/"),
        Visit(HANDLER, "/desk/cases/2026-0009/?order=old"), Visit(HANDLER, "/en/desk/cases/2026-0009/"),
        Visit(HANDLER, "/desk/cases/2099-0001/", 404),
    ],
    "desk/cases/<str:no>/discretion/": [
        Visit(HANDLER, "/desk/cases/2026-0009/discretion/"), Visit(HANDLER, "/desk/cases/2021-0001/discretion/"),
        Visit(HANDLER, "/desk/cases/2026-0009/discretion/?fine=many", 422),
    ],
    "desk/cases/<str:no>/evaluation/": [
        Visit(HANDLER, "/desk/cases/2026-0009/evaluation/"), Visit(SUPERVISOR, "/desk/cases/2021-0001/evaluation/"),
        Visit("公示", "/desk/cases/2021-0001/evaluation/", 403),
    ],
    "desk/cases/<str:no>/proof/": [Visit(HANDLER, "/desk/cases/2026-0009/proof/"), Visit(HANDLER, "/desk/cases/2099-0001/proof/", 404)],
    "desk/cases/<str:no>/documents/": [Visit(HANDLER, "/desk/cases/2026-0009/documents/"), Visit(SUPERVISOR, "/desk/cases/2021-0001/documents/")],
    "desk/cases/<str:no>/documents/<str:paper>/": [
        Visit(HANDLER, "/desk/cases/2026-0009/documents/{paper}/"), Visit(HANDLER, "/desk/cases/2026-0009/documents/none/", 404),
    ],
    "desk/cases/<str:no>/evidence/": [
        Visit(HANDLER, "/desk/cases/2026-0009/evidence/"), Visit(HANDLER, "/desk/cases/2021-0001/evidence/?by=kind"),
        Visit(HANDLER, "/desk/cases/2026-0014/evidence/?show=unchecked"), Visit(HEAD, "/desk/cases/2026-0015/evidence/?by=time"),
        Visit("协管", "/desk/cases/2026-0009/evidence/", 403),
    ],
    "desk/cases/<str:no>/evidence/new/": [
        Visit(HANDLER, "/desk/cases/2026-0001/evidence/new/"), Visit(HANDLER, "/desk/cases/2026-0001/evidence/new/", 422, SEND),
        Visit("法制审核", "/desk/cases/2026-0001/evidence/new/", 403), Visit(HANDLER, "/desk/cases/2099-0001/evidence/new/", 404),
    ],
    "desk/cases/<str:no>/evidence/<int:seq>/": [
        Visit(HANDLER, "/desk/cases/2026-0009/evidence/4/"), Visit(HANDLER, "/desk/cases/2026-0009/evidence/4/?t=41"),
        Visit(HANDLER, "/desk/cases/2026-0009/evidence/3/"), Visit("法制审核", "/desk/cases/2026-0014/evidence/4/"),
        Visit(HANDLER, "/desk/cases/2026-0001/evidence/4/", 422, "[name=do][value=mark]"),
        Visit(HANDLER, "/desk/cases/2026-0009/evidence/4/?t=later", 422), Visit(HANDLER, "/desk/cases/2026-0009/evidence/99/", 404),
    ],
    "desk/cases/<str:no>/evidence/<int:seq>/add/": [
        Visit(HANDLER, "/desk/cases/2026-0001/evidence/4/add/"), Visit(HANDLER, "/desk/cases/2026-0001/evidence/4/add/?from=2", 422, SEND),
        Visit(HANDLER, "/desk/cases/2026-0001/evidence/4/add/?from=9", 404), Visit(HEAD, "/desk/cases/2026-0009/evidence/4/add/", 403),
    ],
    "desk/cases/<str:no>/dossier/": [
        Visit(HANDLER, "/desk/cases/2026-0009/dossier/"), Visit("档案", "/desk/cases/2021-0001/dossier/"),
        Visit("公示", "/desk/cases/2021-0001/dossier/"), Visit(HANDLER, "/en/desk/cases/2026-0009/dossier/"),
    ],
    "desk/paper-dossiers/new/": [
        Visit("档案", "/desk/paper-dossiers/new/"), Visit("档案", "/desk/paper-dossiers/new/", 422, SEND),
        Visit(HANDLER, "/desk/paper-dossiers/new/", 403),
    ],
    "desk/paper-dossiers/<str:no>/": [Visit("档案", "/desk/paper-dossiers/none/", 404)],
    "desk/templates/": [Visit(HANDLER, "/desk/templates/")],
    "desk/templates/<slug:form>/": [Visit(HANDLER, "/desk/templates/prior-notice/", 404), Visit(OFFICE, "/desk/templates/prior_notice/")],
    "v/": [Visit("", "/v/"), Visit("", "/v/?code=none", 422), Visit("", "/en/v/")],
    "v/<str:code>/": [Visit("", "/v/2222-2222/", 404)],
    "proof/": [Visit("", "/proof/"), Visit("", "/en/proof/")],
    "desk/anchors/": [
        Visit("审计管理员", "/desk/anchors/"), Visit("档案", "/desk/anchors/", 422, "main form button"),
        Visit("档案", "/en/desk/anchors/"), Visit(HANDLER, "/desk/anchors/", 403),
    ],
    "desk/access/": [Visit("审计管理员", "/desk/access/"), Visit(SUPERVISOR, "/desk/access/"), Visit(HANDLER, "/desk/access/", 403)],
    "desk/access/cases/<str:no>/": [
        Visit("审计管理员", "/desk/access/cases/2026-0009/"), Visit(SUPERVISOR, "/desk/access/cases/2099-0001/", 404),
    ],
    "desk/erasures/": [Visit(SECURITY, "/desk/erasures/"), Visit(HANDLER, "/desk/erasures/", 403)],
    "desk/erasures/new/": [Visit(SECURITY, "/desk/erasures/new/"), Visit(SECURITY, "/desk/erasures/new/", 422, SEND)],
    "desk/erasures/<int:serial>/": [Visit(SECURITY, "/desk/erasures/99/", 404)],
    "desk/cases/<str:no>/clocks/": [
        Visit(HANDLER, "/desk/cases/2026-0009/clocks/"), Visit(HANDLER, "/desk/cases/2026-0002/clocks/"),
    ],
    "desk/cases/<str:no>/do/case-archived/": [Visit("档案", "/desk/cases/2021-0001/do/case-archived/", 409)],
    "desk/cases/<str:no>/do/<slug:slug>/": [
        Visit(HANDLER, "/desk/cases/2026-0001/do/evidence-added/"),
        Visit(HANDLER, "/desk/cases/2026-0009/do/statement-made/"),
        Visit(HANDLER, "/desk/cases/2026-0009/do/statement-made/", 422, SEND),
        Visit(HEAD, "/desk/cases/2026-0009/do/decision-made/", 409), Visit(HANDLER, "/desk/cases/2026-0009/do/no-such-act/", 404),
        Visit(HANDLER, "/desk/cases/2026-0005/do/case-closed/", 403),
    ],
    "desk/cases/<str:no>/propose/<slug:slug>/": [
        Visit(HANDLER, "/desk/cases/2026-0009/propose/decision-made/", 409),
        Visit(HANDLER, "/desk/cases/2026-0001/propose/handling-extended/"),
        Visit(HANDLER, "/desk/cases/2026-0001/propose/handling-extended/", 422, SEND),
        Visit(HANDLER, "/desk/cases/2026-0007/propose/legality-reviewed/", 403),
    ],
    "desk/cases/<str:no>/supervise/": [
        Visit(HEAD, "/desk/cases/2026-0004/supervise/"), Visit(HEAD, "/desk/cases/2026-0004/supervise/", 422, SEND),
        Visit(HANDLER, "/desk/cases/2026-0004/supervise/", 403),
    ],
    "desk/proposals/<str:no>/": [
        Visit(HANDLER, "/desk/proposals/{proposal}/"), Visit(HEAD, "/desk/proposals/{proposal}/"),
        Visit(HEAD, "/desk/proposals/{proposal}/", 422, "[name=do][value=return]"), Visit(HEAD, "/desk/proposals/none/", 404),
    ],
    "desk/deliberations/<str:no>/": [
        Visit(HEAD, "/desk/deliberations/{deliberation}/"), Visit("案审委员", "/desk/deliberations/{deliberation}/"),
        Visit("案审委员", "/desk/deliberations/{deliberation}/", 422, "[name=do][value=vote]"),
        Visit(HANDLER, "/desk/deliberations/{deliberation}/"), Visit(HEAD, "/desk/deliberations/none/", 404),
    ],
    "desk/cases/<str:no>/statement/": [
        Visit(HANDLER, "/desk/cases/2026-0009/statement/"),
        Visit(HANDLER, "/desk/cases/2026-0009/statement/", 422, "[name=do][value=make]"),
        Visit(HEAD, "/desk/cases/2026-0009/statement/"), Visit(HANDLER, "/desk/cases/2099-0001/statement/", 404),
    ],
    "desk/cases/<str:no>/hearing/": [
        Visit(HANDLER, "/desk/cases/2026-0009/hearing/"), Visit(HANDLER, "/desk/cases/2026-0009/hearing/", 422, SEND),
        Visit(SUPERVISOR, "/desk/cases/2026-0009/hearing/"),
    ],
    "desk/cases/<str:no>/review/": [Visit(HANDLER, "/desk/cases/2026-0009/review/"), Visit("法制审核", "/desk/cases/2026-0006/review/")],
    "desk/hearings/": [Visit(HANDLER, "/desk/hearings/"), Visit(HANDLER, "/desk/hearings/?month=2021-08")],
    "desk/hearings/<str:no>/": [Visit(HANDLER, "/desk/hearings/none/", 404)],
    "desk/reviews/": [Visit("法制审核", "/desk/reviews/"), Visit(HEAD, "/desk/reviews/")],
    "desk/reviews/<str:no>/": [Visit("法制审核", "/desk/reviews/none/", 404)],
    "desk/committee/": [Visit(HEAD, "/desk/committee/"), Visit("案审委员", "/desk/committee/")],
    "desk/committee/new/": [
        Visit(HEAD, "/desk/committee/new/"), Visit(HEAD, "/desk/committee/new/", 422, SEND), Visit(HANDLER, "/desk/committee/new/", 403),
    ],
    "desk/committee/<str:no>/": [Visit(HEAD, "/desk/committee/none/", 404)],
    "desk/committee/<str:no>/pack/<str:case>/": [Visit(HEAD, "/desk/committee/none/pack/2026-0009/", 404)],
    "desk/cases/<str:no>/execution/": [
        Visit(HANDLER, "/desk/cases/2026-0002/execution/"), Visit(HANDLER, "/desk/cases/2026-0009/execution/"),
        Visit(HANDLER, "/desk/cases/2026-0002/execution/?on=soon", 422), Visit(HANDLER, "/en/desk/cases/2026-0002/execution/"),
    ],
    "desk/cases/<str:no>/remedies/": [
        Visit(HANDLER, "/desk/cases/2026-0003/remedies/"), Visit(SUPERVISOR, "/desk/cases/2021-0001/remedies/"),
    ],
    "desk/cases/<str:no>/deliveries/": [
        Visit(HANDLER, "/desk/cases/2026-0004/deliveries/"), Visit(SUPERVISOR, "/desk/cases/2021-0001/deliveries/"),
    ],
    "desk/cases/<str:no>/documents/<str:paper>/deliver/": [
        Visit(HANDLER, "/desk/cases/2026-0009/documents/{paper}/deliver/", 409),
        Visit(HANDLER, "/desk/cases/2026-0009/documents/none/deliver/", 404),
    ],
    "desk/cases/<str:no>/measures/": [
        Visit(HANDLER, "/desk/cases/2026-0011/measures/"), Visit(HANDLER, "/desk/cases/2026-0002/measures/"),
    ],
    "desk/execution/files/new/": [
        Visit(HANDLER, "/desk/execution/files/new/"), Visit(HANDLER, "/desk/execution/files/new/", 422, "main form button"),
        Visit(SUPERVISOR, "/desk/execution/files/new/", 403),
    ],
    "desk/execution/files/<int:number>/": [Visit(HANDLER, "/desk/execution/files/999999/", 404)],
    "desk/execution/payments/<int:pk>/": [Visit(HANDLER, "/desk/execution/payments/999999/", 404)],
    "desk/supervised/<str:no>/": [
        Visit(HEAD, "/desk/supervised/{followup}/"), Visit(HANDLER, "/desk/supervised/{followup}/"),
        Visit(HEAD, "/desk/supervised/none/", 404),
    ],
    "desk/jobs/": [Visit(HANDLER, "/desk/jobs/"), Visit(SYSTEM, "/desk/jobs/"), Visit(SUPERVISOR, "/desk/jobs/")],
    "desk/jobs/<int:job_id>/": [
        Visit(SYSTEM, "/desk/jobs/{job}/"), Visit(HANDLER, "/desk/jobs/{job}/", 403), Visit(SYSTEM, "/desk/jobs/999999/", 404),
    ],
    "desk/laws/": [Visit(HANDLER, "/desk/laws/")],
    "desk/laws/coverage/": [Visit(HANDLER, "/desk/laws/coverage/")],
    "desk/laws/article/": [
        Visit(HANDLER, f"/desk/laws/article/?label={ARTICLE}"), Visit(HANDLER, f"/desk/laws/article/?label={ARTICLE}&on=1990-01-01", 404),
    ],
    "desk/laws/parameters/": [Visit(HANDLER, "/desk/laws/parameters/"), Visit(OFFICE, "/desk/laws/parameters/")],
    "desk/laws/parameters/<slug:name>/": [
        Visit(HANDLER, "/desk/laws/parameters/{parameter}/"), Visit(HEAD, "/desk/laws/parameters/{parameter}/"),
        Visit(HEAD, "/desk/laws/parameters/{parameter}/", 422, SEND),
        Visit(HEAD, "/desk/laws/parameters/none/", 404),
    ],
    "desk/laws/holidays/": [Visit(HANDLER, "/desk/laws/holidays/")],
    "desk/reports/": [Visit(OFFICE, "/desk/reports/")],
    "desk/reports/annual/<int:year>/": [
        Visit(OFFICE, "/desk/reports/annual/2021/"), Visit(OFFICE, "/desk/reports/annual/2026/"),
        Visit(OFFICE, "/desk/reports/annual/1900/", 404),
    ],
    "desk/reports/annual/<int:year>/figures/<str:key>/": [
        Visit(OFFICE, "/desk/reports/annual/2021/figures/{figure}/"), Visit(OFFICE, "/desk/reports/annual/2021/figures/none/", 404),
    ],
    "desk/cases/views/<int:number>/": [Visit(HANDLER, "/desk/cases/views/{query}/"), Visit(HANDLER, "/desk/cases/views/9999/", 404)],
    "desk/cases/": [
        Visit(HANDLER, "/desk/cases/"), Visit(HANDLER, "/desk/cases/?page=2"), Visit(HANDLER, f"/desk/cases/?party={quote('绝无此人')}"),
        Visit(HANDLER, "/desk/cases/?open=perhaps", 400), Visit(HANDLER, "/en/desk/cases/"), Visit("法律顾问", "/desk/cases/"),
    ],
}  # fmt: skip

LIST_OF = ("", "list.csv", "list.json", "views/", "views/<int:number>/")
NO_PAGE = {
    "healthz", "desk/cases/<str:no>/hearing/day/", "log/yifa-verify.py", "log/yifa-verify.html", "log/<log:log>/checkpoint", "log/<log:log>/tile/<path:address>", "log/<log:log>/sm3/checkpoint",
    "log/<log:log>/sm3/tile/<path:address>", "log/<log:log>/rotations.json", "log/<log:log>/sm3/rotations.json", "log/<log:log>/anchors.json", "log/<log:log>/sm3/anchors.json", "desk/account/second-factor/qr.svg", "desk/imports/template.xlsx",
    "desk/imports/<int:number>/problems.csv", "desk/cases/<str:no>/bundle.json",
    "desk/cases/<str:no>/evaluation.csv", "desk/cases/<str:no>/evaluation.json", "desk/cases/<str:no>/documents/<str:paper>/paper.pdf",
    "desk/cases/<str:no>/evidence/uploads/", "desk/cases/<str:no>/evidence/uploads/<slug:key>/",
    "desk/cases/<str:no>/evidence.csv", "desk/cases/<str:no>/evidence/<int:seq>/files/<int:serial>/",
    "desk/cases/<str:no>/dossier/package.zip", "desk/cases/<str:no>/dossier/catalogue.csv", "desk/cases/<str:no>/dossier/cover.pdf",
    "desk/paper-dossiers/<str:no>/scan/",
    "desk/cases/<str:no>/pack/<slug:kind>.zip", "desk/execution/files/template.csv",
    "desk/cases/<str:no>/documents/<str:paper>/paper.docx", "desk/cases/<str:no>/documents/<str:paper>/receipt.json",
}  # fmt: skip
"""Files, pictures and answers for machines."""

ONLY_SENT_TO = {
    "logout/", "desk/account/stay/", "desk/account/organ/", "desk/jobs/recheck/", "desk/jobs/<int:job_id>/cancel/",
    "desk/jobs/<int:job_id>/retry/", "desk/laws/holidays/<int:key>/confirm/", "desk/erasures/<int:serial>/agree/", "desk/erasures/<int:serial>/send-back/",
    "desk/cases/<str:no>/documents/<str:paper>/preview/",
    *(f"desk/accounts/<int:pk>/{deed}/" for deed in ("suspend", "resume", "reset", "lift", "roles", "reach")),
}  # fmt: skip
"""Addresses of forms, which answer a GET with 405."""

AFTER_PASSWORD = {"login/second/"}
"""Shown between password and session: test_pages_of_the_way_in.py."""


def routes() -> Iterator[str]:
    """Every address of the product, as the url patterns write it."""

    def below(patterns: list, before: str) -> Iterator[str]:
        for one in patterns:
            whole = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield whole
            else:
                yield from below(one.url_patterns, whole)

    yield from below(get_resolver().url_patterns, "")


def list_routes() -> list[str]:
    """The lists of the register: `desk/people/` and so on."""
    from yifa.listing.registry import all_pages

    return [f"desk/{page.slug}/" for page in all_pages()]
