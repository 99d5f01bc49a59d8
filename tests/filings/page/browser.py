"""What Chromium shows of the cells of a page: the characters a person sees, in their lines and order."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_ANSWER = re.compile(r'<pre id="answer">(.*?)</pre>', re.DOTALL)

# A character counts unless it has no area, is clipped away, is of its background's colour, is raised or
# lowered, or is smaller than 80% of the cell's font (of the largest, where all are smaller). Those that count
# are sorted by line and place; a gap becomes a blank. Characters moved up or down in the line are raised if
# others are not.
_SCRIPT = r"""
function ground(e) {
  for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (c !== 'rgba(0, 0, 0, 0)') return c;
  }
  return 'rgb(255, 255, 255)';
}
function counts(e, cell, rect) {
  const own = getComputedStyle(e);
  if (rect.width < 0.01 || rect.height < 0.01 || rect.right <= 0 || rect.bottom <= 0) return false;
  const place = cell.getBoundingClientRect();  // of one table among hundreds below each other
  if (Math.abs(rect.top - place.top) > 3000 || Math.abs(rect.left - place.left) > 3000) return false;
  const clear = own.color === ground(e) || /^rgba.*, 0\)$/.test(own.color);
  if (own.visibility !== 'visible' || clear) return false;
  if (e.checkVisibility && !e.checkVisibility()) return false;
  for (let a = e; a; a = a.parentElement) {
    const s = getComputedStyle(a), box = a.getBoundingClientRect();
    if (s.opacity === '0' || s.visibility === 'collapse') return false;
    if (a === cell || cell.contains(a)) {
      if (s.overflow === 'hidden' && a !== cell && s.display !== 'inline'
          && (box.width <= 1 || box.height <= 1)) return false;
      const cut = s.position === 'absolute' && s.clip.startsWith('rect(0');
      if (s.clipPath.startsWith('inset(50%') || cut) return false;
      const v = s.verticalAlign;
      const raised = v === 'super' || v === 'sub' || (/px|%/.test(v) && parseFloat(v) !== 0);
      if (a !== cell && s.display.startsWith('inline') && raised) return false;
    }
  }
  return true;
}
function nudged(e, cell) {
  for (let a = e; a !== cell; a = a.parentElement) {
    const s = getComputedStyle(a);
    if (s.position === 'relative' && parseFloat(s.top)) return true;
  }
  return false;
}
function seen(cell) {
  let found = [];
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    for (let i = 0; i < node.data.length; i++) {
      const text = node.data[i], parent = node.parentElement;
      if (!text.trim() || /[\p{Default_Ignorable_Code_Point}²¹₂]/u.test(text)) continue;
      const range = document.createRange();
      range.setStart(node, i); range.setEnd(node, i + 1);
      const rect = range.getBoundingClientRect();
      if (!counts(parent, cell, rect)) continue;
      const size = parseFloat(getComputedStyle(parent).fontSize), middle = (rect.top + rect.bottom) / 2;
      found.push({
        text, size, middle, left: rect.left, right: rect.right, height: rect.height,
        nudged: nudged(parent, cell),
      });
    }
  }
  let base = parseFloat(getComputedStyle(cell).fontSize);
  const largest = Math.max(...found.filter(c => c.text !== '*').map(c => c.size));
  if (largest < 0.8 * base) base = largest;
  found = found.filter(c => c.size >= 0.799 * base);
  if (found.some(c => !c.nudged && c.text !== '*')) found = found.filter(c => !c.nudged);
  const apart = (a, b) => Math.abs(a.middle - b.middle) > Math.max(a.height, b.height) / 2;
  found.sort((a, b) => apart(a, b) ? a.middle - b.middle : a.left - b.left);
  let text = '';
  found.forEach((c, i) => {
    const p = found[i - 1];
    if (p && (apart(p, c) || c.left - p.right > 0.12 * c.height)) text += ' ';
    text += c.text;
  });
  return text;
}
const answer = document.createElement('pre');
answer.id = 'answer';
answer.textContent = JSON.stringify([...document.querySelectorAll('td.asked')].map(seen));
document.body.appendChild(answer);
"""


def seen_by_a_person(head: str, tables: list[str], folder: Path, *, doctype: str = "") -> list[str]:
    """The visible text of each `<td class="asked">`, one a table."""
    page = folder / "page.htm"
    body = "\n".join(f"<div>{table}</div>" for table in tables)
    top = f"{doctype}<html><head><meta charset='utf-8'>{head}</head>"
    page.write_text(f"{top}<body>{body}<script>{_SCRIPT}</script></body></html>", encoding="utf-8")
    assert CHROMIUM is not None
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
        "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    found = _ANSWER.search(shown)
    assert found is not None, shown[-2000:]
    answer: list[str] = json.loads(html.unescape(found[1]))
    return answer
