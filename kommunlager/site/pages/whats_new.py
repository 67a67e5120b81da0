"""What is new: pages about the latest release and earlier ones, a text for mail, and a web feed."""

from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.pages.feed import make_feed
from kommunlager.site.pages.memos import Memo, read_memos, sections, sentence
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import Subjects

FILE = "nytt.html"
_MOST_ON_A_PAGE = 150


def make_pages(marts: Marts, subjects: Subjects, sources: Sources) -> list[Page]:
    """``nytt.html`` about the latest release, and a page about each earlier one that it goes back to."""
    memos = read_memos(marts)
    if not memos:
        answer = "Utgåvan är gjord av en tidigare version, som inte jämförde utgåvor."
        return [
            Page(
                FILE,
                "Nytt",
                "whats_new.html",
                FILE,
                {"answer": answer, "compared": "", "sections": [], "pages": [], "links": []},
            )
        ]
    latest, *earlier = memos
    links = [(_address(memo), memo) for memo in earlier]
    pages = _memo_pages(latest, FILE, links, subjects, sources)
    return pages + [page for address, memo in links for page in _memo_pages(memo, address, [], subjects, sources)]


def make_texts(marts: Marts) -> dict[str, str]:
    """The files beside the pages: the latest memo as a text for mail, and the web feed."""
    memos = read_memos(marts)
    return {"nytt.txt": memos[0].mail(), "nytt.xml": make_feed(memos)} if memos else {}


def _address(memo: Memo) -> str:
    return f"nytt-{memo.run_id.lower()}.html"


def _memo_pages(
    memo: Memo, address: str, links: list[tuple[str, Memo]], subjects: Subjects, sources: Sources
) -> list[Page]:
    """One page, or several if the memo is long."""
    items = memo.items
    parts = [items[start : start + _MOST_ON_A_PAGE] for start in range(0, len(items), _MOST_ON_A_PAGE)] or [items]
    addresses = [address, *(address.replace(".html", f"-{number}.html") for number in range(2, len(parts) + 1))]
    return [
        Page(
            own_address,
            "Nytt i den här utgåvan" if address == FILE else "Nytt i en tidigare utgåva",
            "whats_new.html",
            FILE,
            {
                "answer": memo.summary,
                "compared": memo.compared,
                "sections": [_section(heading, rows, subjects, sources) for heading, rows in sections(part)],
                "pages": addresses if len(addresses) > 1 else [],
                "links": links,
            },
        )
        for own_address, part in zip(addresses, parts, strict=True)
    ]


def _section(heading: str, rows: list[Row], subjects: Subjects, sources: Sources) -> Row:
    """What a report brings, with a link to whom it is about: one committee, or the municipality of several."""
    keys = {(row["municipality_code"], row["committee"]) for row in rows if row["committee"]}
    known = {subject.key: subject for subject in subjects}
    about = [known[key] for key in sorted(keys) if key in known]
    subject = about[0] if len(about) == 1 else next(map(subjects.municipality_of, about), None)
    return {"title": heading, "subject": subject, "news": [_item(row, sources) for row in rows]}


def _item(row: Row, sources: Sources) -> Row:
    subject = row["subject_label"] or row["change_kind_sv"]
    citation = sources.cite(subject, [("Nu", row["figure_id_now"]), ("Tidigare", row["figure_id_before"])])
    return {"row": row, "sentence": sentence(row), "citation": citation}
