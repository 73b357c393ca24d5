from tests.engine.files.conftest import shelf  # noqa: F401 - a fixture
