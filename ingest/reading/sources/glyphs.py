"""How some glyphs are told to the shared steps: raised marks as Unicode superscripts, every hyphen as one."""

_SUPERSCRIPTS = str.maketrans("0123456789abcdefghijklmno", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒ")
# Fonts share one drawing for the hyphen and its soft and non-breaking kin; pdfium has 2 or FFFE at a line's end.
_HYPHENS = str.maketrans(dict.fromkeys("\u00ad\u2010\u2011\x02\ufffe", "-"))


def raised(text: str) -> str:
    """``2`` as ``²``; what has no superscript (``*``) stays as it is."""
    return text.translate(_SUPERSCRIPTS)


def printed_hyphens(text: str) -> str:
    """The text of a PDF with the hyphens that a reader sees."""
    return text.translate(_HYPHENS)
