"""A stand-in for ERCOT: tokens, public API, archive and keyless documents on one address of this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from ..http import LocalService, SeenRequest, ServedAnswer, json_answer, typed_answer
from ._api_pages import archive_page, report_page
from ._posting import CENTRAL, ErcotPosting, zipped

_TOKEN = "/ercotb2c.onmicrosoft.com/B2C_1_PUBAPI-ROPC-FLOW/oauth2/v2.0/token"
_REPORT = re.compile(r"/api/public-reports/([a-z0-9-]+)/(\w+)")
_ARCHIVE = re.compile(r"/api/public-reports/archive/([A-Za-z0-9-]+)(/download)?")
_LIFETIME = timedelta(seconds=3600)
_FIRST_NUMBER = 1_000_000
_MOST_DOCUMENTS = 1000


class ErcotService(LocalService):
    """A stand-in for ERCOT with the paths of the real one; bodies of errors are assumed.

    Args:
        postings: What it has posted, each from its moment on.
        port: Port on 127.0.0.1; 0 for any that is free.
        requests_per_second: The rate beyond which it answers 429; None for no limit.
        block_seconds: How long it does so after the last request inside a block.
        username: The one account.
        password: Its password.
        subscription_key: Its key.
        direct_days: Days before its clock that the API has itself; older ones are in the archive.
        keyless_days: Days before its clock that the keyless lists show.
        now: Its clock; two days after the last posting if not given.
    """

    paths = (_TOKEN, "/api/public-reports/", "/misapp/", "/misdownload/")

    def __init__(
        self,
        postings: Iterable[ErcotPosting] = (),
        *,
        port: int = 0,
        requests_per_second: int | None = None,
        block_seconds: float = 60.0,
        username: str = "user@example.com",
        password: str = "made-up-password",
        subscription_key: str = "made-up-key",
        direct_days: int = 90,
        keyless_days: int = 7,
        now: datetime | None = None,
    ) -> None:
        super().__init__(port=port, requests_per_second=requests_per_second, block_seconds=block_seconds)
        self._postings: list[ErcotPosting] = []
        self.publish(*postings)
        self._account, self._key = (username, password), subscription_key
        self._direct, self._keyless = timedelta(days=direct_days), timedelta(days=keyless_days)
        self._tokens: dict[str, datetime] = {}
        self.publish_offset = ""
        """Offset written behind every PublishDate, such as `+03:00`; the right one if empty."""
        self.named_by_moment = True
        """False for documents whose names do not hold the moment of posting."""
        last = max((posting.posted for posting in self._postings), default=datetime.now(UTC))
        self.now = now or last + timedelta(days=2)

    @property
    def postings(self) -> list[ErcotPosting]:
        """What shows at its clock, in the order of posting."""
        return [posting for _, posting in self._shown()]

    def publish(self, *postings: ErcotPosting) -> None:
        """Add postings while the service runs; documents keep their numbers."""
        self._postings += sorted(postings, key=lambda posting: posting.posted)

    def expire_tokens(self) -> None:
        """Take none of the tokens given so far any more."""
        self._tokens.clear()

    def refused(self, request: SeenRequest) -> ServedAnswer:
        """Return the 429 beyond the rate."""
        return json_answer({"statusCode": 429, "message": "Rate limit is exceeded."}, 429)

    def answer(self, request: SeenRequest) -> ServedAnswer:
        """Return what ERCOT answers when nothing is wrong."""
        if request.route == _TOKEN:
            return self._token(request)
        if request.route.startswith("/api/public-reports/"):
            return self._unauthorized(request) or self._public(request)
        if request.route == "/misapp/servlets/IceDocListJsonWS":
            return self._list(request)
        if request.route == "/misdownload/servlets/mirDownload":
            return self._document(request)
        return json_answer({"statusCode": 404, "message": "Resource not found"}, 404)

    def _shown(self) -> list[tuple[int, ErcotPosting]]:
        numbered = enumerate(self._postings, _FIRST_NUMBER)
        shown = [(number, posting) for number, posting in numbered if posting.posted <= self.now]
        return sorted(shown, key=lambda one: one[1].posted)

    def _of(self, emil_id: str) -> list[tuple[int, ErcotPosting]]:
        return [one for one in self._shown() if one[1].report.emil_id == emil_id.upper()]

    def _token(self, request: SeenRequest) -> ServedAnswer:
        form = {name: values[-1] for name, values in parse_qs(request.body.decode()).items()}
        right = form.get("grant_type") == "password" and form.get("response_type") == "id_token"
        if request.method != "POST" or not right:
            return json_answer({"error": "invalid_request"}, 400)
        if (form.get("username"), form.get("password")) != self._account:
            return json_answer({"error": "access_denied", "error_description": "AADB2C90225"}, 400)
        token = f"made-up-token-{len(self._tokens)}-{len(self.requests)}"
        self._tokens[token] = self.now
        return json_answer({"id_token": token, "token_type": "Bearer", "id_token_expires_in": "3600"})

    def _unauthorized(self, request: SeenRequest) -> ServedAnswer | None:
        given = self._tokens.get(request.header("authorization").removeprefix("Bearer "))
        if given is None or self.now - given >= _LIFETIME:
            return json_answer({"statusCode": 401, "message": "Unauthorized. Access token is invalid."}, 401)
        if request.header("ocp-apim-subscription-key") != self._key:
            message = "Access denied due to invalid subscription key."
            return json_answer({"statusCode": 401, "message": message}, 401)
        return None

    def _public(self, request: SeenRequest) -> ServedAnswer:
        archive, report = _ARCHIVE.fullmatch(request.route), _REPORT.fullmatch(request.route)
        if archive and archive[2]:
            return self._download(archive[1], request)
        if archive:
            return archive_page(self._of(archive[1]), request.query)
        postings = [one for _, one in self._of(report[1])] if report else []
        if not report or not postings or postings[0].report.endpoint != report[2]:
            return json_answer({"code": 404, "status": "NOT_FOUND", "message": "no such report"}, 404)
        since = self.now.astimezone(CENTRAL) - self._direct
        return report_page(postings[0].report, postings, request.query, since)

    def _download(self, emil_id: str, request: SeenRequest) -> ServedAnswer:
        numbers = json.loads(request.body).get("docIds", []) if request.method == "POST" else []
        if not numbers or len(numbers) > _MOST_DOCUMENTS:
            return json_answer({"code": 400, "status": "BAD_REQUEST", "message": "1 to 1,000 docIds"}, 400)
        held = dict(self._of(emil_id))
        files = {held[one].name(): held[one].zipped() for one in numbers if one in held}
        return typed_answer("application/zip", zipped(files))

    def _list(self, request: SeenRequest) -> ServedAnswer:
        since = self.now - self._keyless
        number = request.query.get("reportTypeId", "")
        listed = [
            {"Document": self._entry(doc_id, posting, kind)}
            for doc_id, posting in self._shown()
            if str(posting.report.report_type) == number and posting.posted >= since
            for kind in ("csv", "xml")
        ]
        return json_answer({"ListDocsByRptTypeRes": {"DocumentList": listed[::-1]}})

    def _entry(self, number: int, posting: ErcotPosting, kind: str) -> dict[str, object]:
        local = posting.posted.astimezone(CENTRAL)
        offset = self.publish_offset or f"{local:%z}"[:3] + ":00"
        name = posting.name(kind)
        return {
            "DocID": str(number if kind == "csv" else number + 500_000),
            "ReportTypeID": str(posting.report.report_type),
            "FriendlyName": f"{posting.report.file_name}_{kind}",
            "ConstructedName": name if self.named_by_moment else f"{posting.report.file_name}_{kind}.zip",
            "PublishDate": f"{local:%Y-%m-%dT%H:%M:%S}{offset}",
            "Extension": "zip",
            "SecurityStatus": "P",
        }

    def _document(self, request: SeenRequest) -> ServedAnswer:
        number = request.query.get("doclookupId", "")
        held = {str(doc_id): posting for doc_id, posting in self._shown()}.get(number)
        if held is None:
            return json_answer({"statusCode": 404, "message": "no such document"}, 404)
        return typed_answer("application/zip", held.zipped())
