package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"

	"github.com/indicator-tracker/tracker/api/client/contract"
)

// List reads the rows of any list, page after page as they are asked for. request builds the
// request of the first page, as the functions contract.New…Request do; limit says how
// large pages are. It ends with an error where a page cannot be read.
func List[T any](ctx context.Context, c *Client, request func(server string) (*http.Request, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for cursor := ""; ; {
			page, err := pageAt[T](ctx, c, request, "cursor", cursor)
			if err != nil {
				yield(none, err)
				return
			}
			for _, row := range page.Items {
				if !yield(row, nil) {
					return
				}
			}
			if page.NextCursor == nil {
				return
			}
			if *page.NextCursor == cursor {
				yield(none, errors.New("the list does not go on from its cursor"))
				return
			}
			cursor = *page.NextCursor
		}
	}
}

type page[T any] struct {
	Items      []T     `json:"items"`
	NextCursor *string `json:"next_cursor"`
	HasMore    bool    `json:"has_more"`
}

// pageAt reads the page of a list at a cursor, the first one without.
func pageAt[T any](
	ctx context.Context, c *Client, request func(server string) (*http.Request, error), parameter, cursor string,
) (p page[T], err error) {
	req, err := request(c.server)
	if err != nil {
		return p, err
	}
	if cursor != "" {
		q := req.URL.Query()
		q.Set(parameter, cursor)
		req.URL.RawQuery = q.Encode()
	}
	resp, err := c.caller.Do(req.WithContext(ctx))
	if err != nil {
		return p, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return p, fmt.Errorf("the service answered %s to a list", resp.Status)
	}
	return p, json.NewDecoder(resp.Body).Decode(&p)
}

// Plans reads all plans.
func (c *Client) Plans(ctx context.Context, params contract.ListPlansParams) iter.Seq2[contract.PlanHead, error] {
	return List[contract.PlanHead](ctx, c, func(server string) (*http.Request, error) { return contract.NewListPlansRequest(server, &params) })
}

// Tasks reads the tasks of a plan.
func (c *Client) Tasks(ctx context.Context, plan string, params contract.ListTasksParams) iter.Seq2[contract.Task, error] {
	return List[contract.Task](ctx, c, func(server string) (*http.Request, error) { return contract.NewListTasksRequest(server, plan, &params) })
}

// Indicators reads a selection of indicators.
func (c *Client) Indicators(ctx context.Context, params contract.ListIndicatorsParams) iter.Seq2[contract.Indicator, error] {
	return List[contract.Indicator](ctx, c, func(server string) (*http.Request, error) { return contract.NewListIndicatorsRequest(server, &params) })
}

// Progress reads the progress of a selection of indicators, all at one date and as known at
// one moment.
func (c *Client) Progress(ctx context.Context, params contract.ListProgressParams) iter.Seq2[contract.Progress, error] {
	return List[contract.Progress](ctx, c, func(server string) (*http.Request, error) { return contract.NewListProgressRequest(server, &params) })
}

// Series reads a selection of indicators period by period.
func (c *Client) Series(ctx context.Context, params contract.ListSeriesParams) iter.Seq2[contract.Series, error] {
	return List[contract.Series](ctx, c, func(server string) (*http.Request, error) { return contract.NewListSeriesRequest(server, &params) })
}

// Measurements reads all revisions of an indicator's measurements.
func (c *Client) Measurements(ctx context.Context, code string, params contract.ListMeasurementsParams) iter.Seq2[contract.Measurement, error] {
	return List[contract.Measurement](ctx, c, func(server string) (*http.Request, error) {
		return contract.NewListMeasurementsRequest(server, code, &params)
	})
}

// Receipts reads what became of the rows of a batch.
func (c *Client) Receipts(ctx context.Context, batch string, params contract.ListReceiptsParams) iter.Seq2[contract.RowReceipt, error] {
	return List[contract.RowReceipt](ctx, c, func(server string) (*http.Request, error) {
		return contract.NewListReceiptsRequest(server, batch, &params)
	})
}

// Agencies reads all agencies.
func (c *Client) Agencies(ctx context.Context, params contract.ListAgenciesParams) iter.Seq2[contract.Agency, error] {
	return List[contract.Agency](ctx, c, func(server string) (*http.Request, error) { return contract.NewListAgenciesRequest(server, &params) })
}

// Change is a measurement or a retraction of the change feed.
type Change struct {
	contract.Measurement

	// Cursor is where to read on from, so that nothing is missed: changes after this one
	// that were read may come again. It is that of this very change for the last of a page.
	Cursor string
}

// Changes reads the change feed from a cursor, "" for the beginning, to its end. Whoever
// keeps the Cursor of the last change that was dealt with reads on from there, later or
// after a restart.
func (c *Client) Changes(ctx context.Context, cursor string) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		limit := 500
		request := func(server string) (*http.Request, error) {
			return contract.NewReadMeasurementFeedRequest(server, &contract.ReadMeasurementFeedParams{Limit: &limit})
		}
		for {
			read, err := pageAt[contract.Measurement](ctx, c, request, "updated_after", cursor)
			if err == nil && read.NextCursor == nil {
				err = errors.New("the feed has no cursor")
			}
			if err != nil {
				yield(Change{Cursor: cursor}, err)
				return
			}
			for i, m := range read.Items {
				at := cursor
				if i == len(read.Items)-1 {
					at = *read.NextCursor
				}
				if !yield(Change{m, at}, nil) {
					return
				}
			}
			cursor = *read.NextCursor
			if !read.HasMore {
				return
			}
		}
	}
}
