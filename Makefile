# Every target in one line each: `make` lists them.
#
# LISTEN      where `make run` serves (default 127.0.0.1:4600)
# DATA_DIR    where it keeps its files and its database (default var)
# PREFIX      where `make install` puts the two programs (default /usr/local)
# FUZZ_SECONDS how long `make fuzz` tries each parser
# PYTEST_ARGS more arguments for the end-to-end tests, such as -k story

LISTEN ?= 127.0.0.1:4600
DATA_DIR ?= var
PREFIX ?= /usr/local
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-unit test-end-to-end lint format bench fuzz install

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: ## install what is missing, build, and serve a sample community on 127.0.0.1:4600
	@Scripts/run.sh "$(LISTEN)" "$(DATA_DIR)"

test: ## install what is missing, build, and run every test
	@PYTEST_ARGS="$(PYTEST_ARGS)" Scripts/test.sh

test-unit: ## only the tests in Swift
	@Scripts/test.sh unit

test-end-to-end: ## only the tests of the built programs, in Python
	@PYTEST_ARGS="$(PYTEST_ARGS)" Scripts/test.sh end-to-end

lint: ## check the format of every Swift file, and the syntax of every script
	@Scripts/lint.sh

format: ## put every Swift file into the project's format
	swift format --in-place --recursive --parallel --configuration .swift-format \
		Sources Mail TUI Tests Migrations Package.swift

bench: ## measure against other programs on this machine (about nine minutes)
	@Scripts/bench.sh

fuzz: ## feed the parsers of mail with random bytes, FUZZ_SECONDS (30) each
	@Scripts/fuzz.sh

install: ## build and put both programs, their manual and their completions below PREFIX
	@Scripts/install-packages.sh build run
	swift build -c release --product parleyd
	swift build -c release --product parley
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/parleyd .build/release/parley "$(DESTDIR)$(PREFIX)/bin/"
	@Scripts/install-documents.sh .build/release "$(DESTDIR)$(PREFIX)/share"
