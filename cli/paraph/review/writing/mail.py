"""The e-mail that carries a packet, as a draft: mail programs open an `.eml` with `X-Unsent: 1` ready to be sent.

Whom it goes to is left to the sender: no addresses are kept. It has no date and no message id, which the mail program
gives it, so that the same packet gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from paraph.model.packet import Packet, in_first
from paraph.review.writing.circulation_words import LATIN, Voice, capital

_DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def draft(packet: Packet, voices: tuple[Voice, ...], file: str, data: bytes) -> bytes:
    """The draft, in each of the languages that the member is spoken to in, with the packet attached as `file`."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = ""
    title = in_first(packet.document, voices[0].language.code, *packet.languages)
    message["Subject"] = subject(voices[0], title, packet.deadline, packet.zone, packet.identity.circulation)
    message.set_content("\n\n* * *\n\n".join(_body(packet, voice, file) for voice in voices) + "\n")
    main, sub = _DOCX
    message.add_attachment(data, maintype=main, subtype=sub, filename=file)
    message.set_boundary("=_" + hashlib.sha256(data).hexdigest()[:32])
    return bytes(message)


def subject(voice: Voice, document: str, deadline: dt.datetime, zone: str, circulation: str) -> str:
    """The subject in a language; `document` is the title."""
    return voice.say("mail-subject", document=document, date=voice.date(deadline, zone), circulation=circulation)


def _body(packet: Packet, voice: Voice, file: str) -> str:
    code = voice.language.code
    said = voice.say(
        "mail-body",
        member=in_first(packet.name, code, *packet.languages),
        document=in_first(packet.document, code, *packet.languages),
        circulation=packet.identity.circulation,
        deadline=voice.deadline(packet),
        rule=voice.rule(packet.rule),
        silence=voice.silence(packet.rule),
        file=file,
    )
    counted = voice.say(f"not-counted-{packet.invited}") if packet.invited else ""
    unchecked = voice.say("unchecked") if code in voice.stationery.unchecked else ""
    if voice.language.direction == "rtl":
        said = LATIN.sub("\u200e\\g<0>\u200e", said)
    return "\n\n".join(words for words in (said, capital(counted), unchecked) if words)
