"""Links that leave the documentation: to files of the repository, at PE_HOME, where the project lives, if it is given."""

import os
import re

_HOME = os.environ.get("PE_HOME", "").rstrip("/")
_OUTWARD = re.compile(r"\[([^\]]+)\]\(\.\./([^)\s]+)\)")


def on_page_markdown(markdown, page, config, files):
    def rewritten(link):
        words, path = link.groups()
        name = path.split("#")[0]
        if not os.path.exists(os.path.join(os.path.dirname(config.config_file_path), "../..", name)):
            raise SystemExit(f"{page.file.src_path}: there is no {name} in the repository")
        return f"[{words}]({_HOME}/blob/main/{path})" if _HOME else words

    return _OUTWARD.sub(rewritten, markdown)
