"""A job: how far it is, to be stopped or begun again; it leads to what it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hashpivot.core import HashpivotError

from ..shared import Arguments, Job, Parameter, WebAction, WebView, address, own_body

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Files, Work

_JOB = "/jobs/{job}"
_ID = Parameter("job", "text", "the job's id")
_SOON = 2  # seconds


def job_body(job: Job) -> PageBody:
    """Render how far a job is.

    Args:
        job: The job.
    """
    error = job.error if isinstance(job.error, HashpivotError) else None
    here = address(_JOB, {"job": job.id})
    return own_body("job.html.j2", job.title, job=job, here=here, error=error, soon=_SOON)


def _find(work: Work, arguments: Arguments) -> Job:
    return work.jobs[arguments["job"]]


def _body(_work: Work, job: Job, _arguments: Arguments) -> PageBody:
    return job_body(job)


def _again(job: Job) -> int:
    return 0 if job.over else _SOON


def _leads(work: Work, arguments: Arguments) -> str:
    job = _find(work, arguments)
    return job.address if job.state in ("done", "failed") else ""


def _cancel(work: Work, arguments: Arguments, _files: Files) -> str:
    _find(work, arguments).cancel()
    return address(_JOB, arguments)


def _restart(work: Work, arguments: Arguments, _files: Files) -> str:
    job = _find(work, arguments)
    work.jobs.forget(job)
    return job.address


JOB_VIEWS = (
    WebView(
        "job", _JOB, "Work that takes long: how far it is", "", _find, _body, (_ID,),
        dated=False, table=False, kept=False, again=_again, leads=_leads,
    ),
)  # fmt: skip

JOB_ACTIONS = (
    WebAction("cancel-job", f"{_JOB}/cancel", "stops a job", _cancel, (_ID,)),
    WebAction("restart-job", f"{_JOB}/again", "lets a job go and begins it again", _restart, (_ID,)),
)
