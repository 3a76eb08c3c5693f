# swag is a tool of go.mod; the other tools are pinned in go.mod and package.json
# files of their own below internal/tools, and their binaries are built into bin/
# when they are missing or older than the pin.

.DEFAULT_GOAL := help
.PHONY: help build dist test race lint format generate check clients page examples browser workbooks tables swagger-ui demo docker profile bench bench-service torture siege bench-read bench-read-scale ci clean

VERSION ?= 0.1.0-dev
LINT    := bin/golangci-lint

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build bin/tracker
	go build -trimpath -pgo=cmd/tracker/serve.pgo -ldflags '-X main.version=$(VERSION)' -o bin/tracker ./cmd/tracker

dist: ## Build static binaries with checksums into dist/
	internal/tools/dist/build.sh $(VERSION)

profile: build ## Measure what the compiler should favour when it builds the service
	-TRACKER_CPU_PROFILE='$(CURDIR)/cmd/tracker/serve.pgo' go -C internal/tools run ./bench -only single -during 10s

# The tools' tests read files of the main module, which Go's cache does not see.
test: ## Run every test of the service and of its tools
	go test ./...
	go -C internal/tools test -count=1 ./...

race: ## Run the tests of the concurrent packages under the race detector
	go test -race ./internal/database ./internal/ledger ./internal/store/... ./internal/httpapi ./internal/tracker ./cmd/tracker

lint: $(LINT) ## Run the linter over the service and its tools
	$(LINT) run ./...
	cd internal/tools && ../../$(LINT) run ./...

format: $(LINT) ## Format the Go source
	$(LINT) fmt ./...

$(LINT): internal/tools/lint/go.sum
	go -C internal/tools/lint build -o ../../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

generate: ## Make api/openapi and docs/errors.md from the source, and the generated part of api/client from the contract
	go -C internal/tools run ./openapi -root ../..
	internal/tools/clients/generate.sh

check: ## Fail when what make generate writes is stale
	go -C internal/tools run ./openapi -root ../.. -check
	internal/tools/clients/generate.sh --check

clients: build ## Generate clients of the contract, compile them and use one
	internal/tools/clients/check.sh bin/tracker

page: build ## Try the Swagger page in Chromium, with axe-core
	internal/tools/page/check.sh bin/tracker

examples: build ## Run the programs of docs/examples against the example plan
	internal/tools/examples/check.sh bin/tracker

browser: build ## Open the pages in Chromium: what people do, accessibility, looks
	internal/tools/browser/check.sh bin/tracker

workbooks: ## Read workbooks that exceljs and LibreOffice make
	internal/tools/workbooks/check.sh

tables: ## Let LibreOffice and DuckDB read tables of the service
	internal/tools/tables/check.sh

swagger-ui: ## Fetch the pinned Swagger UI into api/openapi/swagger
	internal/tools/swaggerui/vendor.sh

bench-service: build ## Measure the service against ceilings of the same run; BENCH holds flags
	go -C internal/tools run ./bench $(BENCH)

torture: build ## Kill the service under load and look whether all is there; TORTURE holds flags
	go -C internal/tools run ./torture $(TORTURE)

siege: build ## Let a hostile reporter at the service for an hour; SIEGE holds flags
	go -C internal/tools run ./siege -duration 1h -p99 2s $(SIEGE)

demo: ## Serve the example plan on http://127.0.0.1:8080
	go run ./cmd/tracker serve --demo

docker: ## Build the image
	docker build --build-arg VERSION=$(VERSION) -t tracker:$(VERSION) .

bench-read-scale: build ## Measure reading 207,539 indicators; READSCALE holds flags
	go -C internal/tools run ./readscale $(READSCALE)

bench: bench-read bench-service ## Measure everything that is measured

bench-read: ## Measure how fast plans of 1, 2, 4 and 8 MB are read
	.ci/bench-read

ci: ## Run everything that a change must pass
	bash .ci/run

clean: ## Remove what was built
	rm -rf bin dist
