# Everything a developer does here. `make test` is what counts.
GO     ?= go
PKGS   ?= ./...
CHROME ?= $(firstword $(foreach b,chromium chromium-browser google-chrome google-chrome-stable,$(shell command -v $(b))))

# What the race detector watches: all but SQLite, which is C translated to Go with
# locks of its own and would take most of the tests' time. The linters are given
# the same, so that everything is compiled once.
RACE := -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false

.PHONY: run test unit browser bench bench-browser gallery generate generated lint chromium

run:
	$(GO) run ./cmd/web

# Every test, the browser's included.
# go vet is part of lint. The race detector waits a second at the end of a program
# unless told otherwise.
test: lint chromium
	GORACE="atexit_sleep_ms=100" $(GO) test $(RACE) -vet=off -shuffle=on -count=1 -timeout=20m $(PKGS)

# Debian's chromium, where it is missing and may be installed; otherwise the
# browser tests say themselves that they were left out, and fail under CI=true.
chromium:
	@if [ -z "$(CHROME)" ]; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; \
	  else \
	    echo "left out: the browser tests; install Chromium or Chrome to run them"; [ "$$CI" != true ]; \
	  fi; fi

# Figures, each as a ratio to a base in the same run. BENCH passes flags on:
# make bench BENCH="-agents 1000 -tabs 1 -rate 2"
bench:
	$(GO) run ./cmd/bench $(BENCH)

# What an agent's browser does with an inbox of 10,000 chats.
bench-browser: chromium
	$(GO) run ./cmd/bench -browser $(BENCH)

# Pictures of every page and state, in light and dark, at a desk and on a phone, in
# English and Arabic: make gallery GALLERY=folder, and open its index.html.
GALLERY ?= gallery
gallery: chromium
	@mkdir -p $(GALLERY)
	$(GO) test ./views -count=1 -timeout=30m -run 'TestGallery$$' -gallery $(abspath $(GALLERY)) -shots
	@echo "open $(abspath $(GALLERY))/index.html"

generate:
	$(GO) tool templ generate -path views

# Committed templ output must be what the sources give.
generated: generate
	@git diff --exit-code --stat -- views || { echo "views: run 'make generate' and commit"; exit 1; }

lint:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet $(RACE) $(PKGS)
	GOFLAGS="$$($(GO) env GOFLAGS) $(RACE)" $$($(GO) tool -n -modfile=tools/go.mod staticcheck) $(PKGS)
