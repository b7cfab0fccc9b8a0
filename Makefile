# Everything a fresh clone needs: `make run` opens the training hall, `make test` runs every check.
.DEFAULT_GOAL := help
.PHONY: help run test dist

# The first one that really runs: a shim may be there and answer nothing.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: system-run $(READY) ## 装好一切，打开演练大厅
	$(PY) main.py --demo

test: system-test $(READY) ## 装好一切，跑全部检查
	$(PY) -m tests.check

# Built and started once; on the machine kind it is meant for.
dist: system-test $(READY) ## 打成不用 Python 的程序，走一趟，装进 dist/
	@if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(PY) -e ".[server,dist]"; \
	else $(PY) -m pip install --quiet --disable-pip-version-check -e ".[server,dist]"; fi
	$(PY) resources/delivery/build.py

.PHONY: system-run system-test
system-run system-test: system-%:
	@bash tests/system_packages.sh $*

# Done once, and again when pyproject.toml changes. The project is no wheel: -e only brings what it depends on.
$(READY): pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  { [ -x $(PY) ] || uv venv --quiet --python "$(or $(PYTHON),3.11)" $(VENV); } && \
	  uv pip install --quiet --python $(PY) -e ".[server,dev]"; \
	else \
	  { $(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV); } && \
	  $(PY) -m pip install --quiet --disable-pip-version-check -e ".[server,dev]"; \
	fi || { echo "依赖没有装好，上面写着原因；要 Python 3.11 以上和能下载软件包的网络，弄好再运行一次。" >&2; exit 1; }
	@touch $@
