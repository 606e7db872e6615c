# make demo: 在示例上跑一遍全部功能；make test: 全部检查。只需要 Python ≥ 3.11 和 git。
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test lint tools templates bench clean

demo: $(VENV)/installed
	$(BIN)/jixiao demo -o demo --force

test: $(VENV)/dev tools lint
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/dev
	$(BIN)/ruff check addin bench docs macros tests
	$(BIN)/ruff format --check addin bench docs macros tests
	$(BIN)/mypy

templates: $(VENV)/dev
	$(BIN)/python -m jixiao.templates
	$(BIN)/python docs/help.py

bench: $(VENV)/dev
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python bench/run.py

tools:
	@sh .ci/tools

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) tests/checkers/node_modules demo build dist
