"""Reading the words of a PDF back, by the tables in which its fonts say which letter each glyph is."""

import re
from io import BytesIO

import pikepdf


def words_of(content: bytes) -> str:
    """Give all the text of a PDF in the order in which it is drawn."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return " ".join(_page(page) for page in pdf.pages)


def _page(page: pikepdf.Page) -> str:
    letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
    drawn, font = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = letters[str(operands[0])]
        elif str(operator) == "Tj":
            drawn.append(_read(operands[0], font))
        elif str(operator) == "TJ":
            drawn.append("".join(_read(part, font) for part in operands[0] if isinstance(part, pikepdf.String)))
        elif str(operator) in ("BDC", "ET"):
            drawn.append(" ")
    return re.sub(r"\s+", " ", "".join(drawn))


def _read(text: pikepdf.String, letters: dict[int, str]) -> str:
    code = bytes(text)
    return "".join(letters.get(int.from_bytes(code[at : at + 2]), "") for at in range(0, len(code), 2))


def _letters(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(int(letter, 16) + offset)
    return found
