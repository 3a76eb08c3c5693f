package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// version is set when a release is built.
var version = "0.1.0-dev"

// commandLine is every command and flag; each flag has a TRACKER_ twin in the
// environment.
type commandLine struct {
	Serve        serveCommand        `cmd:"" help:"Serve the HTTP interface."`
	Plan         planCommand         `cmd:"" help:"Plans: parse prints, import stores, review confirms, amend compares."`
	Measurements measurementsCommand `cmd:"" help:"Measurements: import stores a file of them."`
	Progress     progressCommand     `cmd:"" help:"How far indicators are, by any selection, as a table or in another format."`
	Summary      summaryCommand      `cmd:"" help:"Counts and means of indicators, by one or two groupings."`
	Assess       assessCommand       `cmd:"" help:"Score the agencies of a plan by its scheme, or try another one."`
	Indicator    indicatorCommand    `cmd:"" help:"Indicators: list and show read, edit changes."`
	Cycle        cycleCommand        `cmd:"" help:"The plan's own loop: run does what is done by rule each day."`
	MCP          mcpCommand          `cmd:"" name:"mcp" help:"Let an assistant ask, by the Model Context Protocol on the standard streams."`
	Verify       verifyCommand       `cmd:"" help:"Find whatever is not as it was recorded: the audit chain, measurements, states, indicators, plans, agencies, keys."`
	Backup       backupCommand       `cmd:"" help:"Copy a live SQLite database to a file."`
	Agency       agencyCommand       `cmd:"" help:"List agencies, give them other names, rename, merge and succeed them."`
	Profile      profileCommand      `cmd:"" help:"The profile that figures are judged by: show prints a version."`
	Key          keyCommand          `cmd:"" help:"Make, list, rotate and revoke keys."`
	SigningKey   signingKeyCommand   `cmd:"" name:"signing-key" help:"Print the public half of the key that signs heads of the audit chain and statements."`
	Statement    statementCommand    `cmd:"" help:"Signed statements of progress: verify derives one again, without a database."`
	Migrate      migrateCommand      `cmd:"" help:"Bring the database's schema up to date."`
	Health       healthCommand       `cmd:"" help:"Ask a running service whether it is ready."`
	Version      versionCommand      `cmd:"" help:"Print the version."`

	ShowVersion kong.VersionFlag `name:"version" env:"-" help:"Print the version."`
}

// session is what a command works with.
type session struct {
	ctx    context.Context
	in     io.Reader
	out    io.Writer
	errOut io.Writer
}

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// run carries out one command line and returns the exit status: 0 done, 1
// failed, 2 not understood.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx = indicator.WithActor(ctx, indicator.Actor{Key: indicator.AtCommandLine})
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	if err := dropEmptySettings(); err != nil {
		fmt.Fprintln(errOut, "tracker:", err)
		return exitFailed
	}
	if len(args) == 0 {
		fmt.Fprint(out, firstWords)
		return exitOK
	}
	cli := commandLine{
		Progress: progressCommand{newListFlags("listProgress")}, Summary: newSummaryCommand(), Assess: newAssessCommand(),
		Indicator: indicatorCommand{List: indicatorListCommand{newListFlags("listIndicators")}},
	}
	status, exited := exitOK, false
	parser, err := kong.New(&cli,
		kong.Name("tracker"),
		kong.Description("Turns government work plans into indicators, takes measurements, and says how far each target is, exactly, at any date, and why.\n\nStart with: tracker serve --demo"),
		kong.UsageOnError(),
		kong.DefaultEnvars(settingsPrefix),
		kong.Vars{"version": "tracker " + version, "roles": access.RolesInWords(), "timezone": defaultTimezone, "together": strconv.Itoa(ledger.MostTogether), "fields": editable()},
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { status, exited = code, true }),
	)
	if err != nil {
		fmt.Fprintln(errOut, "tracker:", err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if exited {
		return status
	}
	if err != nil {
		fmt.Fprintln(errOut, "tracker:", err)
		fmt.Fprintln(errOut, "Try: tracker --help")
		return exitUsage
	}
	if err := parsed.Run(&session{ctx: ctx, in: os.Stdin, out: out, errOut: errOut}); err != nil {
		fmt.Fprintln(errOut, "tracker:", explain(err))
		return exitFailed
	}
	return exitOK
}

// firstWords are what the program says to somebody who calls it by its name alone.
const firstWords = `tracker 把政府工作计划读成指标，接收实绩，计算每个目标完成了多少。
tracker turns government work plans into indicators, takes measurements, and says how far each target is.

试一试 / try
  tracker serve --demo          示例计划，在浏览器中打开 / example plans, in the browser
  tracker plan parse FILE       看看从一份计划中会读到什么 / what would be read of a plan
  tracker --help                全部命令 / all commands
`

// settingsPrefix begins the names of the flags' twins in the environment.
const settingsPrefix = "TRACKER"

// dropEmptySettings lets a setting that is empty, as Compose files and unit
// files leave them, stand for the default.
func dropEmptySettings() error {
	for _, setting := range os.Environ() {
		name, value, _ := strings.Cut(setting, "=")
		if value == "" && strings.HasPrefix(name, settingsPrefix+"_") {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// explain gives the operator the public text in both languages and, where the fault is
// the service's own and not the caller's, the private cause: the operator owns the
// machine.
func explain(err error) string {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err.Error()
	}
	text := f.Detail.ZH + " / " + f.Detail.EN
	if f.Field != "" {
		text = f.Field + ": " + text
	}
	if cause := errors.Unwrap(f); cause != nil && f.Code.IsService() {
		text += "\n  " + cause.Error()
	}
	return text
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(s *session) error {
	_, err := fmt.Fprintln(s.out, "tracker", version)
	return err
}
