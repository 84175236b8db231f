"""A stand-in for a language model: answers chat completions on 127.0.0.1:8123 by putting phrases together.

It lets the example run anywhere. It understands two prompts, and nothing else.
"""

import json
import random
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OPENINGS = ["I stopped by:", "We tried it:", "A visit after work:", "Breakfast here:", "Came with friends:"]
GOOD = ["great coffee", "kind people", "lovely cakes", "a calm place", "good value", "nice music", "warm light"]
BAD = ["a long wait", "bad coffee", "much noise", "old cakes", "high prices", "sticky tables", "a rude waiter"]


def answer(prompt):
    draw = random.Random()
    earlier = re.search(r"Here is a review:\n\n(.*)\n\n", prompt, re.DOTALL)
    if earlier is None:
        phrases = GOOD if "five stars" in prompt else BAD
        first, second = draw.sample(phrases, 2)
        return f"{draw.choice(OPENINGS)} {first} and {second}."
    text = earlier.group(1)
    phrases = GOOD if any(phrase in text for phrase in GOOD) else BAD
    used = [phrase for phrase in phrases if phrase in text]
    return text.replace(draw.choice(used), draw.choice(phrases)) if used else text


class Completions(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.reply(404, b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/v1/chat/completions":
            self.reply(404, b"{}")
            return
        text = answer(json.loads(body)["messages"][-1]["content"])
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": len(body) // 4, "completion_tokens": len(text) // 4}
        self.reply(200, json.dumps({"choices": [choice], "usage": usage}).encode())

    def reply(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", 8123), Completions).serve_forever()
