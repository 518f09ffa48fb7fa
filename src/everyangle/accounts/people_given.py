"""Common given names with the gender they mostly tell, to match "he" and "Mrs" with names. Small on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from everyangle.accounts.tokens import word_set

_FEMALE = word_set("""
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret
    ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon
    cynthia kathleen amy angela shirley anna brenda pamela emma nicole katherine catherine virginia maria
    heather diane olivia julie joyce victoria kelly christina joan evelyn lauren judith megan andrea cheryl
    hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy
    sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte
    marie kayla alexis lori sheena fiona moira siobhan niamh aoife ingrid astrid greta ilse elena olga irina
    svetlana natasha fatima aisha amina zahra leila layla nadia yasmin priya anjali sunita kavita shabnam mei
    ling yuki akiko ngozi chioma ada adaora amara patience blessing rosa carmen lucia sofia isabel ana ines
    beatriz chantal claire sylvie monique celine agnes ruth esther miriam rachel naomi dolores latoya tiana
    lucille wilhelmina cerys bronwen bethan rhoda esi wanjiru nuria mira reet dana sorcha ishbel kirsty hellen
    folake odette ernestine phyllis shonda denise risikat vasudha nirmala ekaette latisha keisha tanya tamara
""")
_MALE = word_set("""
    james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony
    mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan
    jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank
    patrick raymond jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan
    jeremy walter christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse
    bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby
    russell bradley philip eugene hugh colin declan liam callum angus hamish alun huw gwilym sergei ivan dmitri
    boris anton piet hans klaus stefan oskar lars erik magnus ahmed mohammed muhammad omar ali hassan ibrahim
    yusuf rajesh anil sanjay lalit wei hiroshi kenji kwame kofi chukwu emeka tamuno danladi sunday carlos luis
    miguel hector pedro jorge diego pierre jean-paul antoine marcel cal darrell wes greg todd ron ted curtis
    boyd cole kirk brett vaughan lachlan edwin otieno samson radomir joren jerome ray rotimi kehinde joel
    breandán pól jomar fergus boma wendell leroy terrence
""")


def given_gender(words: Sequence[str]) -> str:
    """Return the gender that the first of a full name's words mostly tells, "m", "f" or ""."""
    if len(words) < 2:
        return ""
    return "f" if words[0] in _FEMALE else "m" if words[0] in _MALE else ""
