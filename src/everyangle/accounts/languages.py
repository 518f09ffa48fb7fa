"""Which language a text is in, by its script and its commonest words. Tells languages apart; parses none."""

from __future__ import annotations

import re
from collections import Counter

_COMMON = {
    "en": "the of and to in that was is for he it with on as his at by had not are but from they which have this said",
    "de": "der die und das den nicht ist sie ein dem mit des sich auf eine war wurde auch nach bei einer hat aber wie",
    "fr": "le la les des et une dans que qui pas est pour sur au du il elle ont été ce avec son sa plus par",
    "es": "el la los las que en un una por con del se para no fue su al como más pero sus ha lo está",
    "pt": "o os que do da em um uma não para com foi se por dos das no na ao mais pelo ele são disse",
    "it": "il lo gli di che è un una per non con sono del della nel alla ha si dei anche stato più",
    "nl": "de het een van en dat niet is op te zijn voor met die aan er om bij ook werd naar heeft",
    "sv": "och att det som en på är av för med till den har inte ett om var de han från",
    "da": "og at det som en på er af for med til den har ikke et om var de han fra blev",
    "pl": "w i na z że się nie do jest to przez o po od jak za co był który są",
    "cs": "a v na se že je s z do o to si k za ve by byl jako podle který",
    "ro": "de și în a la cu că pe nu o din pentru este care au fost un mai ce",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne ancak sonra kadar var",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena",
}  # fmt: skip
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")

_SAMPLE = 20_000
"""Code points that are looked at, from the middle of longer texts: pages begin and end with other things."""

_FEWEST_WORDS = 12
_LEAST_SHARE = 0.12
_LEAD = 1.25


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or "" where too little speaks for any."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[start : start + _SAMPLE]
    letters = len(_LETTER.findall(sample))
    for language, script in _SCRIPTS:
        found = len(script.findall(sample))
        if letters and found > letters * (0.1 if language == "ja" else 0.5):
            return "uk" if language == "ru" and re.search("[іїєґ]", sample) else language
    words = Counter(word.lower() for word in _WORD.findall(sample))
    total = sum(words.values())
    if total < _FEWEST_WORDS:
        return ""
    shares = {
        language: sum(count for word, count in words.items() if word in common) / total
        for language, common in _WORDS.items()
    }
    first, second, *_ = sorted(shares, key=lambda language: -shares[language])
    clear = shares[first] >= _LEAST_SHARE and shares[first] >= _LEAD * shares[second]
    return first if clear else ""
