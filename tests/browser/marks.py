"""The marks of every test in a browser."""

import pytest

#: One loop for all, because one Chromium serves all.
IN_BROWSER = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
