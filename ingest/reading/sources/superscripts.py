"""How a raised mark is told to the shared steps: as the Unicode superscript of its digit or letter."""

_SUPERSCRIPTS = str.maketrans("0123456789abcdefghijklmno", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒ")


def raised(text: str) -> str:
    """``2`` as ``²``; what has no superscript (``*``) stays as it is."""
    return text.translate(_SUPERSCRIPTS)
