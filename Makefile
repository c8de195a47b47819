# Short names for the commands of the README and of development.
PYTHON ?= python3
RUN = $(PYTHON) bootstrap.py run

.PHONY: app test lint lock demo bench screenshots snapshots

app:          ## set up and open the window
	$(PYTHON) bootstrap.py

test:         ## every check and test
	$(PYTHON) bootstrap.py test

lint:         ## every check but the tests
	$(PYTHON) bootstrap.py lint

demo:         ## the sample company and all its documents, in ./demo
	$(RUN) kpidesk demo demo

bench:        ## the benchmarks, each beside its yardstick
	$(RUN) python -m pip install --quiet --require-hashes --no-deps --only-binary :all: -r requirements-bench.txt
	$(RUN) python -m pip check
	$(RUN) python -m benchmarks

screenshots:  ## the manual's pictures, made from the sample company
	$(RUN) python docs/screenshots.py

snapshots:    ## the documents' text and layout that the tests compare with; look at the difference
	$(RUN) python -m tests.documents.snapshots

# The locks hold hashes and no index address; the second is a superset of the first, same versions.
COMPILE = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --quiet \
	--custom-compile-command "make lock"

lock:         ## renew requirements*.txt from the ranges in pyproject.toml
	$(COMPILE) --group setup --output-file requirements.txt
	$(COMPILE) --group setup --group dev --constraints requirements.txt \
		--output-file requirements-dev.txt
	$(COMPILE) --group setup --group dev --group bench --constraints requirements-dev.txt \
		--output-file requirements-bench.txt
