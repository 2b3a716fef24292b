# Thin targets for those who like make; each does what the command beside it does.
PYTHON ?= python3
UV ?= uv
VENV_PYTHON = $(firstword $(wildcard .venv/bin/python .venv/Scripts/python.exe) $(PYTHON))
COMPILE = $(UV) pip compile --quiet --universal --no-header --no-annotate --python-version 3.11 pyproject.toml

.PHONY: help report test lab notebooks example picture bench pins

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

report:  ## one report for each persona of the example
	$(PYTHON) -m cjm_helpers report

test:  ## test everything
	$(PYTHON) -m cjm_helpers test

lab:  ## open the notebooks in JupyterLab
	$(PYTHON) -m cjm_helpers lab

notebooks:  ## run the notebooks again and store what they show
	$(PYTHON) -m cjm_helpers notebooks

example:  ## write the example studies anew from their scripts and seeds
	$(VENV_PYTHON) -c "from cjm_helpers.teach.simulate import simulate_retail_checkout as write; write('data/examples/retail_checkout')"
	$(VENV_PYTHON) -c "from cjm_helpers.teach.simulate import simulate_care_after_purchase as write; write('data/examples/care_after_purchase')"
	$(VENV_PYTHON) -c "from cjm_helpers.teach.clinic import simulate_clinic_visit as write; write('data/examples/clinic_visit')"

picture:  ## draw the map that README.md shows anew
	$(PYTHON) -m cjm_helpers map retail_checkout --persona busy_parent --format svg --out data/examples
	mv data/examples/busy_parent_*_journey.svg data/examples/retail_checkout_map.svg

bench:  ## tables of what commands and methods cost, and how right they are (after the first test)
	$(VENV_PYTHON) tests/benchmarks/speed.py
	$(VENV_PYTHON) tests/benchmarks/methods.py
	$(VENV_PYTHON) tests/benchmarks/segments.py
	$(VENV_PYTHON) tests/benchmarks/coverage.py
	$(VENV_PYTHON) tests/benchmarks/wave_alarms.py
	$(VENV_PYTHON) tests/benchmarks/truth.py
	$(VENV_PYTHON) tests/benchmarks/linking.py
	$(VENV_PYTHON) tests/benchmarks/map.py
	$(VENV_PYTHON) tests/benchmarks/editor.py
	$(VENV_PYTHON) tests/benchmarks/agreement.py
	$(VENV_PYTHON) tests/benchmarks/taguette.py
	$(VENV_PYTHON) tests/benchmarks/batch.py
	$(VENV_PYTHON) tests/benchmarks/never_stale.py
	CJM_KILLS=60 CJM_EDITS=200 $(VENV_PYTHON) -m pytest -q tests/batch/test_killed.py tests/batch/test_never_stale.py
	CJM_FULL=1 $(VENV_PYTHON) -m pytest -q -rs $(wildcard tests/stats/test_*oracle.py)

pins:  ## resolve the newest packages that pyproject.toml allows (needs uv)
	$(COMPILE) --upgrade --output-file requirements.txt
	$(COMPILE) --group test --constraint requirements.txt | grep -vxFf requirements.txt > requirements-test.txt
	$(COMPILE) --group test --extra oracle --extra cluster --constraint requirements.txt --constraint requirements-test.txt | grep -vxF -f requirements.txt -f requirements-test.txt | grep -v ^psutil== > requirements-full.txt
