"""Forms of English words that wording needs: past participles and plurals."""

from __future__ import annotations

_IRREGULAR = """
hurt:hurt let:let put:put burst:burst cast:cast spread:spread split:split quit:quit swing:swung sting:stung
spit:spat overhear:overheard break:broken show:shown give:given take:taken see:seen hold:held tell:told
hit:hit shoot:shot throw:thrown know:known hear:heard leave:left find:found keep:kept make:made do:done
cut:cut bring:brought
drive:driven speak:spoken write:written catch:caught buy:bought pay:paid send:sent run:run begin:begun
lose:lost win:won read:read say:said set:set shut:shut spend:spent stand:stood steal:stolen strike:struck
beat:beaten bite:bitten blow:blown choose:chosen draw:drawn fall:fallen forget:forgotten get:got go:gone
grow:grown hide:hidden kneel:knelt lead:led lie:lain light:lit meet:met ring:rung shake:shaken sink:sunk
swear:sworn tear:torn wake:woken wear:worn withdraw:withdrawn drag:dragged stop:stopped grab:grabbed
pin:pinned slam:slammed rob:robbed plan:planned permit:permitted admit:admitted refer:referred drop:dropped
"""


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_PARTICIPLES = _table(_IRREGULAR)

_PEOPLE = {"person": "people", "child": "children", "man": "men", "woman": "women", "policeman": "policemen"}


def participle(verb: str) -> str:
    """Return the past participle of a verb, its particle behind it."""
    word, _, particle = verb.partition(" ")
    made = _PARTICIPLES.get(word)
    if made is None:
        if word.endswith("e"):
            made = f"{word}d"
        elif word.endswith("y") and word[-2:-1] not in "aeiou":
            made = f"{word[:-1]}ied"
        else:
            made = f"{word}ed"
    return f"{made} {particle}".strip()


def plural(noun: str) -> str:
    """Return the plural of a noun."""
    if noun in _PEOPLE:
        return _PEOPLE[noun]
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
