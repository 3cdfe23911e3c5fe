"""The service's HTTP: `/v1/write`, `/v1/label`, `/v1/command`, a page, and what tools ask."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.serve import bodies
from helpers.serve.bodies import BadBody, Commanded, Dictated, Said
from helpers.serve.errors import Busy, JobError, problem_body
from helpers.serve.guard import Guard
from helpers.serve.reading import JSON, said_in
from helpers.serve.service import Service, Step

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

PAGE = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
}  # fmt: skip
STREAM = "text/event-stream"
STATUS = {"bad": 422, "failed": 503, "cancelled": 503}


def guarded(service: Service) -> Guard:
    """Return the whole application, with the guard before it."""
    return Guard(create(service), service.config, service.metrics.count)


def create(service: Service) -> "FastAPI":
    """Return the application of a service."""
    from fastapi import FastAPI
    from fastapi.middleware.cors import CORSMiddleware

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        yield
        await service.close()

    app = FastAPI(title="Tiny Specialists", version="1", lifespan=life, docs_url=None,
                  redoc_url=None)  # fmt: skip
    if service.config.origins:
        app.add_middleware(CORSMiddleware, allow_origins=list(service.config.origins),
                           allow_methods=["POST", "GET"], allow_headers=["*"],
                           allow_private_network=True)  # fmt: skip
    _add_problems(app)
    _add_jobs(app, service)
    _add_tools(app, service)
    if service.config.gguf:
        from helpers.serve import chat

        chat.add(app, service)
    return app


def problem(status: int, message: str, code: str | None = None, **headers: str) -> "Response":
    """Return why there is no answer."""
    from fastapi.responses import JSONResponse

    return JSONResponse(problem_body(status, message, code), status, headers)


def _add_problems(app: "FastAPI") -> None:
    """Say in one line why there is no answer."""
    from starlette.exceptions import HTTPException

    def on(kind: type[Exception], tell: "Callable[[Any], Response]") -> None:
        async def handle(request: Any, error: Any) -> "Response":
            return tell(error)

        app.add_exception_handler(kind, handle)

    on(HTTPException, lambda error: problem(error.status_code, str(error.detail)))
    on(BadBody, lambda error: problem(error.status, str(error), error.code))
    on(Busy, lambda error: problem(429, str(error), **{"retry-after": str(error.seconds)}))
    on(JobError, lambda error: problem(STATUS[error.why], str(error)))
    on(TimeoutError, lambda error: problem(504, "this took too long"))


def _add_jobs(app: "FastAPI", service: Service) -> None:
    from fastapi import Request

    limits = service.config.limits

    async def write(request: Request):
        said = await said_in(request, Dictated, limits)
        known = service.dictations
        task = said.task or (known or [""])[0]
        if task not in known:
            raise BadBody(404, f"served here are {', '.join(known) or 'no dictations'}")
        return await _answer(service, request, task, said)

    async def label(request: Request):
        said = await said_in(request, Said, limits)
        return await _answer(service, request, "support_label", said)

    async def command(request: Request):
        said = await said_in(request, Commanded, limits)
        return await _answer(service, request, "voice_command", said, said.desktop)

    for path, handler, body, about in (
        ("/v1/write", write, Dictated, "Write what was dictated."),
        ("/v1/label", label, Said, "Name the label of a customer's message."),
        ("/v1/command", command, Commanded, "Turn a request into a note or a call."),
    ):
        app.post(path, summary=about, **described(body, bodies.SOUNDS))(handler)


def described(body: type[bodies.BaseModel], sounds: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what OpenAPI says of a path whose body we read by ourselves, for its limits."""
    content: dict[str, Any] = {JSON: {"schema": bodies.schema(body)}}
    content |= {kind: {"schema": {"type": "string", "format": "binary"}} for kind in sounds}
    problems = (400, 401, 403, 404, 413, 415, 422, 429, 503, 504)
    return {
        "openapi_extra": {"requestBody": {"required": True, "content": content}},
        "responses": {200: {"model": bodies.Answer} if sounds else {}}
        | {status: {"model": bodies.Problem} for status in problems},
        "response_model": None,
    }


async def _answer(
    service: Service, request: "Request", task: str, said: Said, desktop: Any = None
) -> "Response":
    from fastapi.responses import JSONResponse, StreamingResponse
    from fastapi.sse import format_sse_event

    if task not in service.config.jobs:
        raise BadBody(404, f"{task} is not served here")
    follow = STREAM in request.headers.get("accept", "")
    steps = service.steps(task, said.audio or said.text, desktop, said.explain, follow)
    if not follow:
        found = await unless_left(request, _last(steps))
        return JSONResponse(found)

    first = await unless_left(request, anext(steps))

    async def events() -> AsyncIterator[bytes]:
        try:
            yield _event(format_sse_event, first)
            async for step in steps:
                yield _event(format_sse_event, step)
        except (Busy, JobError, TimeoutError) as error:
            why = {"message": str(error) or "this took too long"}
            yield _event(format_sse_event, ("error", why))
        finally:
            await steps.aclose()

    return StreamingResponse(events(), media_type=STREAM)


def _event(write: Callable[..., bytes], step: Step) -> bytes:
    import json

    return write(event=step[0], data_str=json.dumps(step[1]))


async def _last(steps: AsyncIterator[Step]) -> dict[str, Any]:
    return [table async for _, table in steps][-1]


async def unless_left(request: "Request", work: Any) -> Any:
    """Return what some work comes to; if the asker leaves, it is stopped, and `HTTPException`."""
    from starlette.exceptions import HTTPException

    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise HTTPException(499, "the asker left")
        return await working
    finally:
        working.cancel()
        leaving.cancel()


async def _left(request: "Request") -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _add_tools(app: "FastAPI", service: Service) -> None:
    from fastapi import Response

    files = {file.name: file.read_bytes() for file in sorted(PAGE.iterdir())}

    def shows(name: str) -> Callable[[], Response]:
        async def show() -> Response:
            return Response(files[name], media_type=KINDS[Path(name).suffix])

        return show

    app.get("/", include_in_schema=False)(shows("index.html"))
    for name in files:
        app.get(f"/page/{name}", include_in_schema=False)(shows(name))

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/ready")
    async def ready() -> dict[str, Any]:
        return {
            "ready": all(worker.waiting < worker.most for worker in service.workers),
            "jobs": [*service.config.jobs],
            "workers": {w.role: "awake" if w.awake else "asleep" for w in service.workers},
        }

    @app.get("/metrics")
    async def metrics() -> Response:
        kind = "text/plain; version=0.0.4; charset=utf-8"
        return Response(service.metrics.text(service.workers), media_type=kind)
