"""Reading in other processes: shared, replaced when they die, and done without."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.documents import extract, sandbox
from app.errors import DocumentError
from tests.documents import hostile, papers

READ = "1. Decides to wait."


def test_a_reader_that_is_killed_is_an_ordinary_error() -> None:
    extract(hostile.plain_pdf())
    cells = sandbox.get_pool()
    for cell in cells.idle:
        os.kill(cell.process.pid, signal.SIGKILL)
        cell.process.wait()
    assert extract(hostile.plain_pdf()).text == READ  # an idle one that is gone is replaced

    def kill_soon() -> None:
        time.sleep(2)  # by then it has begun with the page that hangs, on a busy machine too
        os.kill(asked.process.pid, signal.SIGKILL)

    with cells.acquire() as asked:
        pass
    killer = threading.Thread(target=kill_soon)
    killer.start()
    _, maker, size = hostile.HANGING
    with pytest.raises(DocumentError) as caught:
        extract(maker(size), name="slow.pdf")
    killer.join()
    assert (caught.value.what, caught.value.where) == ("the parser crashed on this document", "slow.pdf: page 1")


def test_documents_read_at_once_are_read_alike() -> None:
    sources = [papers.resolution_pdf(), papers.resolution_docx(), papers.HTML.encode(), hostile.plain_pdf()]
    alone = [extract(source) for source in sources]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(extract, sources * 6)) == alone * 6
    assert len(sandbox.get_pool().idle) <= 4


def test_without_another_process_documents_are_read_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [extract(source) for source in (papers.resolution_pdf(), papers.resolution_docx(), papers.HTML.encode())]
    sandbox.close()
    monkeypatch.setattr(sandbox.sys, "executable", "/nowhere/python")
    here = [extract(source) for source in (papers.resolution_pdf(), papers.resolution_docx(), papers.HTML.encode())]
    assert here == alone
    with pytest.raises(DocumentError) as caught:
        extract(hostile.encrypted(32), name="light.pdf")
    assert (caught.value.what, caught.value.where) == ("the PDF is encrypted", "light.pdf")
