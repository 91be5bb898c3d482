# make run [SONG=path]   open the program, and the song in it
# make test              all checks: ruff, mypy, pytest
# make bench             speed, memory, start and smoothness; ARGS=--quick, --json FILE, --against FILE
# make faults            provoke every fault and write the table in docs/reliability.md
# make wheel             a wheel of the last commit in dist/, for pip and pipx
# make frozen            a folder in dist/ that runs without Python
# make deb               a package for Debian and Ubuntu, from that folder; appimage, flatpak likewise
# make smoke             start all of these in clean systems; needs root and debootstrap
# make translations      collect the window's texts for translators, and compile what they wrote
# Each sets itself up first; PYTHON=path names the Python to use.

PYTHON ?= python3
RUN = .venv/bin/python
# Taken as typed: a dollar sign in a song's name is not make's business.
export SONG_PATH := $(value SONG)

.PHONY: help run test bench faults lint format hooks lock translations clean set-up-run set-up-test set-up-build \
	wheel frozen deb appimage flatpak smoke

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run: set-up-run
	@$(RUN) -m app $${SONG_PATH:+"$$SONG_PATH"}

test: lint
	$(RUN) -m pytest -q

bench: set-up-run
	@$(RUN) -m benchmarks $(ARGS)

faults: set-up-test
	@$(RUN) -m benchmarks.faults --write

lint: set-up-test
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

format: set-up-test
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

hooks: set-up-test
	$(RUN) -m pre_commit install

set-up-run:
	@"$(PYTHON)" packaging/set_up.py run

set-up-test:
	@"$(PYTHON)" packaging/set_up.py test

set-up-build:
	@"$(PYTHON)" packaging/set_up.py build

BUILD = PYTHONPATH=. build/venv/bin/python

wheel: set-up-build
	$(BUILD) packaging/build_wheel.py

frozen: set-up-build
	build/venv/bin/pyinstaller --noconfirm --log-level WARN --distpath dist \
		--workpath build/pyinstaller packaging/frozen/vocal-remover.spec

deb: frozen
	$(BUILD) packaging/build_deb.py

appimage: frozen
	$(BUILD) packaging/build_appdir.py
	ARCH=$$(uname -m) appimagetool --no-appstream build/AppDir dist/vocal-remover-$$(uname -m).AppImage

flatpak: frozen
	$(BUILD) packaging/build_appdir.py
	flatpak-builder --force-clean --state-dir=build/flatpak-builder --repo=build/flatpak-repo build/flatpak \
		packaging/flatpak/org.vocalremover.VocalRemover.yml
	flatpak build-bundle build/flatpak-repo dist/vocal-remover.flatpak org.vocalremover.VocalRemover

smoke: wheel deb
	packaging/smoke_clean.sh wheel dist/*.whl
	packaging/smoke_clean.sh frozen dist/vocal-remover
	packaging/smoke_clean.sh deb dist/*.deb

# Resolved for Python 3.11 to 3.13 on Linux, macOS and Windows at once. torch's pin stays apart,
# because its CPU build comes from elsewhere under other hashes.
COMPILE = build/lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal \
	--python-version 3.11 --fork-strategy fewest --no-build --generate-hashes \
	--custom-compile-command "make lock" --constraint packaging/requirements/torch.txt \
	--excludes packaging/requirements/without.txt --no-emit-package torch

lock:
	"$(PYTHON)" -m venv build/lock
	build/lock/bin/python -m pip install --quiet --upgrade --only-binary :all: uv
	$(COMPILE) --output-file packaging/requirements/run.txt
	$(COMPILE) --constraint packaging/requirements/run.txt --extra dev --extra training --extra cluster \
		--output-file packaging/requirements/test.txt
	$(COMPILE) --constraint packaging/requirements/run.txt --extra build \
		--output-file packaging/requirements/build.txt

LANGUAGES = $(wildcard resources/translations/*.ts)

translations: set-up-run
	$(RUN) packaging/error_texts.py build/error_texts.py
	.venv/bin/pyside6-lupdate -noobsolete -locations none \
		$(sort $(wildcard app/*.py app/*/*.py)) build/error_texts.py -ts $(LANGUAGES)
	.venv/bin/pyside6-lrelease $(LANGUAGES)

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
	find app core tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
