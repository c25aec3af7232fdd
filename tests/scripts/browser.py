"""A headless Chromium, driven through its DevTools pipe: what a reader would do, and what he would see.

    with Browser() as browser:
        browser.open("file:///x.html")
        browser.press("?")
        browser.value("document.title")
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

os.environ["LC_ALL"] = "C"
KEYS = {
    " ": ("Space", 32), "Enter": ("Enter", 13), "Escape": ("Escape", 27), "Home": ("Home", 36), "End": ("End", 35), "Tab": ("Tab", 9),
    "ArrowLeft": ("ArrowLeft", 37), "ArrowUp": ("ArrowUp", 38), "ArrowRight": ("ArrowRight", 39), "ArrowDown": ("ArrowDown", 40),
}


def find_chromium():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("skipped: there is no chromium")
        sys.exit(77)
    return chromium


class Browser:
    """`events` are those of the console, of exceptions and of requests, as DevTools has them."""

    def __init__(self, width=1280, height=800):
        self.size, self.events, self.number, self.rest = (width, height), [], 0, b""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.from_us, self.to_us = os.pipe(), os.pipe()
        words = [find_chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--hide-scrollbars",
                 "--disable-background-networking", "--no-first-run", "--user-data-dir=" + self.folder.name, "about:blank"]
        # DevTools reads commands from 3 and writes to 4.
        line = 'exec "$@" 3<&%d 4>&%d' % (self.from_us[0], self.to_us[1])
        self.process = subprocess.Popen(["bash", "-c", line, "bash"] + words, pass_fds=(self.from_us[0], self.to_us[1]), stderr=subprocess.DEVNULL)
        os.close(self.from_us[0])
        os.close(self.to_us[1])
        self.session = None
        target = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=self.size[0], height=self.size[1], deviceScaleFactor=1, mobile=False)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        os.close(self.from_us[1])
        os.close(self.to_us[0])
        self.folder.cleanup()

    def read(self):
        while b"\0" not in self.rest:
            piece = os.read(self.to_us[0], 1 << 20)
            if not piece:
                sys.exit("Chromium has ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.from_us[1], json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, address):
        """Returns how many milliseconds pass until all is painted."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        while self.value("document.readyState") != "complete" or self.value("location.href") == "about:blank":
            time.sleep(0.01)
        return self.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))")

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(expression + ": " + json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, *keys):
        for key in keys:
            code, number = KEYS.get(key, (key, ord(key[0].upper())))
            about = {"key": key, "code": code, "windowsVirtualKeyCode": number}
            words = "\r" if key == "Enter" else key if len(key) == 1 else None
            self.call("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": words} if words else {}))
            self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def mouse(self, *path):
        """Presses at the first point, moves to the others, lets go."""
        for kind, (x, y) in [("mousePressed", path[0])] + [("mouseMoved", point) for point in path] + [("mouseReleased", path[-1])]:
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=int(kind != "mouseReleased"), clickCount=1)

    def wheel(self, x, y, down):
        self.call("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, deltaX=0, deltaY=down)

    def fingers(self, *moments):
        """Where the fingers are at each moment; then all let go."""
        for k, points in enumerate(moments):
            self.call("Input.dispatchTouchEvent", type="touchMove" if k else "touchStart", touchPoints=[{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def media(self, **features):
        self.call("Emulation.setEmulatedMedia", features=[{"name": name.replace("_", "-"), "value": value} for name, value in features.items()])

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def complaints(self):
        """What the console was told, and what was thrown."""
        said = [one for one in self.events if one["method"] in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")]
        return [json.dumps(one["params"]) for one in said]

    def requests(self):
        addresses = [one["params"]["request"]["url"] for one in self.events if one["method"] == "Network.requestWillBeSent"]
        return [address for address in addresses if address != "about:blank"]
