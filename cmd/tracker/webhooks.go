package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
)

// webhookFlags say which addresses events may be sent to.
type webhookFlags struct {
	WebhookAllow []string `name:"webhook-allow" placeholder:"CIDR|HOST:PORT" help:"Let webhooks reach addresses that are not of the public internet: a range (10.1.0.0/16), or a host with a port. May be given more than once."`
}

// webhookEvery is how often the logs are looked at for what is to be told.
const webhookEvery = time.Second

// webhooks are the parts that tell others.
func (f webhookFlags) webhooks(db webhookStore, loops *oversight.Service, today func() indicator.Date, log *slog.Logger) (*delivery.Service, *delivery.Runner, error) {
	policy, err := delivery.ParsePolicy(f.WebhookAllow)
	if err != nil {
		return nil, nil, err
	}
	client := delivery.NewClient(policy, delivery.Defaults.Timeout)
	runner := &delivery.Runner{Queue: db, Client: client, Now: time.Now, Settings: delivery.Defaults, Log: log, Disabled: raiseIssue(db, today)}
	return delivery.New(db, client, policy, time.Now, agendaOf(loops)), runner, nil
}

// agendaOf puts what is due in the loop into calendar feeds.
func agendaOf(loops *oversight.Service) delivery.Agenda {
	return func(ctx context.Context, agencies []int64) ([]delivery.Entry, error) {
		days, err := loops.Agenda(ctx, agencies)
		entries := make([]delivery.Entry, len(days))
		for i, d := range days {
			entries[i] = delivery.Entry{UID: d.ID, On: d.On, Title: d.Title, Changed: d.Changed}
		}
		return entries, err
	}
}

type webhookStore interface {
	delivery.Store
	delivery.Queue
	oversight.Events
}

// raiseIssue raises an issue of its own about a webhook that was disabled, once for each time.
func raiseIssue(db oversight.Events, today func() indicator.Date) func(context.Context, loop.Webhook, string) error {
	return func(ctx context.Context, w loop.Webhook, why string) error {
		return db.WriteLoop(ctx, func(book loop.Book) error {
			_, _, err := book.Append(0, delivery.IssueOf(w, why, today()))
			return err
		})
	}
}
