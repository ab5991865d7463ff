"""A real browser without scripts: Chromium, driven over a pipe by its own protocol."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
    "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
    "--remote-debugging-pipe", "about:blank",
]


class Browser:
    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="parley-browser-")
        to_read, self.writing = os.pipe()
        self.reading, to_write = os.pipe()

        def connect():
            # The pair is moved out of the way first: one end may have the number of another.
            ends = (os.dup(to_read), os.dup(to_write))
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.process = subprocess.Popen(
            [shutil.which("chromium"), f"--user-data-dir={self.home}", *ARGUMENTS],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self.number = 0
        self.rest = b""
        self.events = []
        self.session = None
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.call(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True
        )["sessionId"]
        self.call("Page.enable")
        self.call("Emulation.setScriptExecutionDisabled", value=True)

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        os.close(self.writing)
        os.close(self.reading)
        shutil.rmtree(self.home, ignore_errors=True)

    # The protocol: JSON texts, each ended by a zero byte.

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
            self.events.append(answer)

    def _next(self):
        while b"\0" not in self.rest:
            part = os.read(self.reading, 1 << 16)
            assert part, "the browser is gone"
            self.rest += part
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def _loaded(self, work):
        """Does `work`, and waits for the page that it leads to."""
        self.events.clear()
        work()
        end = time.time() + 30
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            assert time.time() < end, "no page came"
            self.events.append(self._next())

    # What a person does.

    def open(self, url):
        self._loaded(lambda: self.call("Page.navigate", url=url))

    def _node(self, selector):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        assert node, f"{selector} is not on the page: {self.text()[:2000]}"
        return node

    def has(self, selector):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        return self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"] != 0

    def type(self, selector, text):
        self.call("DOM.focus", nodeId=self._node(selector))
        self.call("Input.dispatchKeyEvent", type="keyDown", key="a", code="KeyA", modifiers=2,
                  commands=["selectAll"])
        self.call("Input.insertText", text=text)

    def press(self, selector):
        """Presses a button or a link by its keyboard, as somebody without a mouse does."""
        self.call("DOM.focus", nodeId=self._node(selector))

        def enter():
            for kind in ("keyDown", "keyUp"):
                self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r",
                          windowsVirtualKeyCode=13)

        self._loaded(enter)

    def html(self):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        return self.call("DOM.getOuterHTML", nodeId=root)["outerHTML"]

    def text(self):
        tree = self.call("Accessibility.getFullAXTree")["nodes"]
        return "\n".join(
            node["name"]["value"] for node in tree
            if node.get("role", {}).get("value") == "StaticText" and node.get("name")
        )

    def url(self):
        history = self.call("Page.getNavigationHistory")
        return history["entries"][history["currentIndex"]]["url"]

    def picture(self, path, width=1100, scheme="light"):
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=False)
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": width,
                               "height": min(size["height"], 3000), "scale": 1})
        path.write_bytes(base64.b64decode(data["data"]))
        return size
