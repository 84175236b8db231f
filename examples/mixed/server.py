"""A stand-in for a language model: answers chat completions on 127.0.0.1:8124 by putting phrases together.

It lets the example run anywhere. It reads the columns in the built-in prompts, and nothing else.
"""

import json
import random
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GOOD = ["works very well", "looks great", "was worth the money", "makes my day easier", "feels solid"]
BAD = ["broke after a week", "was a waste of money", "never worked", "feels cheap", "arrived damaged"]
OPENINGS = ["I ordered this {p}.", "This {p} came on time.", "A {p} for my home.", "We use this {p} daily."]


def answer(prompt):
    columns = dict(re.findall(r"^(product|stars): (.*)$", prompt, re.MULTILINE))
    stars = int(columns["stars"])
    good, bad = random.sample(GOOD, 2), random.sample(BAD, 2)
    first, second = good if stars > 3 else bad if stars < 3 else (good[0], bad[0])
    return f"{random.choice(OPENINGS).format(p=columns['product'])} It {first} and {second}."


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


ThreadingHTTPServer(("127.0.0.1", 8124), Completions).serve_forever()
