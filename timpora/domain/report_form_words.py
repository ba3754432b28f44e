"""Words that no question of a place has: what they ask belongs to a person.

A person has walls of his own (P26), and where somebody comes from or what he believes is no input of any
rule; an answer to a form would be read and counted before everybody's eyes. It is a wall against a slip of
the pen, not against ill will: who drafts a form has another who publishes it.
"""

import re
from typing import Final

OF_PERSONS: Final = re.compile(
    r"\b(korban|tppo|perdagangan orang|trafficking|victims?|pengungsi|pencari suaka|refugees?|asylum"
    r"|kewarganegaraan|kebangsaan|nationalit(y|ies)|agama|religions?|suku bangsa|etnis|ethnic\w*)\b",
    re.IGNORECASE,
)
