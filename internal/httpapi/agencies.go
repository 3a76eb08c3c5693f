package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// AgencyReader is what agencies need of the store.
type AgencyReader interface {
	Agencies(ctx context.Context, q indicator.AgencyQuery) ([]indicator.Agency, int64, error)
}

// listAgencies
//
// @Summary     单位列表 · List agencies
// @Description 各计划提到的单位，附辖区、编号、别名、承接单位，牵头、参与任务数和指标数（含所承接单位的）；不同辖区的同名单位是不同单位。
// @Description
// @Description The agencies that plans name, with their jurisdiction and id, their other names and who has taken over their duties; their tasks and indicators are counted, with those of agencies whose duties they have taken over. Those of one name in two jurisdictions are two.
// @Tags        agencies
// @ID          listAgencies
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       jurisdiction query string false "辖区 · jurisdiction" example(青州市)
// @Param       name   query string false "名称或别名 · official name or another one" maxLength(100) example(市工信局)
// @Param       as_of  query string false "按此刻的单位，可为时刻，或日期（至该日终了，今天即现在） · agencies as they were at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       fields  query []string false "只要每条的这些字段 · only these fields of a row" collectionFormat(csv)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.AgencyPage "一页单位 · one page of agencies"
// @x-table   true
// @Router      /api/v1/agencies [get]
func (s *server) listAgencies(c echo.Context) error {
	p := queryOf(c, []string{"fields"}, append(tableParams, "jurisdiction", "name", "as_of", "limit", "cursor")...)
	as := p.shape(c, nil)
	fields := fieldsOf[v1.Agency](p)
	q := indicator.AgencyQuery{Jurisdiction: p.text("jurisdiction"), Name: p.text("name"), AsOf: s.asOf(p), Page: p.pageOf(as)}
	if p.err != nil {
		return p.err
	}
	if err := s.Service.CheckKnown(c.Request().Context(), q.AsOf); err != nil {
		return err
	}
	return answerRows(s, c, as, listing[v1.Agency]{
		name: "agencies", title: fault.Text{ZH: "单位", EN: "Agencies"}, fields: fields,
		read: pages(&q.Page, func(ctx context.Context) ([]indicator.Agency, int64, error) { return s.agencies.Agencies(ctx, q) }, wireAgency),
	})
}

// aliasAgency
//
// @Summary     添加单位别名 · Give an agency another name
// @Description 别名在辖区内唯一；计划、密钥、批次和筛选写别名即指该单位。已是该单位的名称则不变。 Names are unique within a jurisdiction; plans, keys, batches and filters that write this one mean the agency. One that it has changes nothing.
// @Tags        agencies
// @ID          aliasAgency
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id    path string true "单位编号 · id of the agency" example(12)
// @Param       alias body v1.AliasRequest true "别名 · the name"
// @Success     200 {object} v1.Agency "单位 · the agency"
// @Failure     409 {object} v1.Problem "已是其他单位的名称 · another agency's name: agency_name_taken"
// @Failure     422 {object} v1.Problem "名称不能成立 · cannot be a name: required_field, invalid_value"
// @Router      /api/v1/agencies/{id}/aliases [post]
func (s *server) aliasAgency(c echo.Context) error {
	var req v1.AliasRequest
	return s.changeAgency(c, &req, func(ctx context.Context, id int64) (indicator.Agency, error) {
		return s.Service.AliasAgency(ctx, id, req.Name)
	})
}

// renameAgency
//
// @Summary     单位更名 · Rename an agency
// @Description 自 `from` 起以新名为正式名称，旧名仍可用；已存的实绩仍写报送时的名称。 From the day `from` on the name is the official one, and the one before stays a name of the agency; reports keep the name that it had when it sent them.
// @Tags        agencies
// @ID          renameAgency
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id   path string true "单位编号 · id of the agency" example(12)
// @Param       name body v1.RenameRequest true "新名称 · the new name"
// @Success     200 {object} v1.Agency "单位 · the agency"
// @Failure     409 {object} v1.Problem "已是其他单位的名称 · another agency's name: agency_name_taken"
// @Failure     422 {object} v1.Problem "名称或日期不能成立 · cannot be a name or a day: required_field, invalid_value, invalid_date"
// @Router      /api/v1/agencies/{id}/rename [post]
func (s *server) renameAgency(c echo.Context) error {
	var req v1.RenameRequest
	return s.changeAgency(c, &req, func(ctx context.Context, id int64) (indicator.Agency, error) {
		from, err := dayFrom(req.From)
		if err != nil {
			return indicator.Agency{}, err
		}
		return s.Service.RenameAgency(ctx, id, req.Name, from)
	})
}

// mergeAgencies
//
// @Summary     合并单位 · Merge two agencies
// @Description 两条记录实为同一单位：该单位的名称成为 `into` 的别名，任务、指标与密钥随之转移；报送记录仍写当时的名称，`as_of` 早于合并时仍分两个。
// @Description
// @Description Two records are one agency: the names of this one become names of `into`, and tasks, indicators and keys follow. Reports keep the name of then, and `as_of` before the merge still shows two.
// @Tags        agencies
// @ID          mergeAgencies
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id    path string true "并入他单位的单位编号 · id of the agency that is merged into another" example(12)
// @Param       merge body v1.MergeRequest true "并入的单位 · the other agency"
// @Success     200 {object} v1.Agency "并入的单位 · the agency that is left"
// @Failure     409 {object} v1.Problem "职责已由其他单位承接 · the duties pass to another: agency_succeeded"
// @Failure     422 {object} v1.Problem "辖区没有该单位，或即同一单位 · no such agency in the jurisdiction, or the same one: required_field, invalid_value"
// @Router      /api/v1/agencies/{id}/merge [post]
func (s *server) mergeAgencies(c echo.Context) error {
	var req v1.MergeRequest
	return s.changeAgency(c, &req, func(ctx context.Context, id int64) (indicator.Agency, error) {
		return s.Service.MergeAgencies(ctx, id, req.Into)
	})
}

// succeedAgency
//
// @Summary     机构改革承接 · Pass the duties of an agency to another
// @Description 自 `from` 起职责由 `by` 承接：其密钥可报送原单位的指标、更正原单位的实绩，原单位的密钥不能再报；已存的实绩仍属原单位。再次提交同一单位则以后一次为准。
// @Description
// @Description From the day `from` on `by` has the duties: its keys report on the agency's indicators and correct its reports, and keys of the agency no longer do. Reports made before stay the agency's. Sent again for the same agency, the last one counts.
// @Tags        agencies
// @ID          succeedAgency
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id        path string true "原单位编号 · id of the agency whose duties pass on" example(12)
// @Param       successor body v1.SucceedRequest true "承接单位 · who has them then"
// @Success     200 {object} v1.Agency "原单位 · the agency whose duties pass on"
// @Failure     422 {object} v1.Problem "职责会回到原单位，或日期不能成立 · the duties would come back to the agency, or cannot be a day: required_field, invalid_value, invalid_date"
// @Router      /api/v1/agencies/{id}/succeed [post]
func (s *server) succeedAgency(c echo.Context) error {
	var req v1.SucceedRequest
	return s.changeAgency(c, &req, func(ctx context.Context, id int64) (indicator.Agency, error) {
		from, err := dayFrom(req.From)
		if err != nil {
			return indicator.Agency{}, err
		}
		return s.Service.SucceedAgency(ctx, id, req.By, from)
	})
}

// cancelAgencyEvent
//
// @Summary     撤销单位变更 · Cancel an event of an agency
// @Description 误记的别名、更名、合并或承接自撤销起视为未记（更名一并撤销它带来的名称），`as_of` 早于撤销时仍照旧回答。其后的记录或密钥以它为据时不能撤销，答复写明是哪些。重复撤销不再产生变化。
// @Description
// @Description Another name, a new name, a merge or a succession that was recorded by mistake counts as not recorded from then on (with a new name, the name goes too), while `as_of` before the cancellation answers as it did. Refused where later events or keys rest on it, which the answer names. Cancelling again changes nothing.
// @Tags        agencies
// @ID          cancelAgencyEvent
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id    path string true "单位编号 · id of the agency" example(12)
// @Param       event body v1.CancelAgencyEventRequest true "要撤销的记录 · the event"
// @Success     200 {object} v1.Agency "单位 · the agency"
// @Failure     409 {object} v1.Problem "其后的记录或密钥以此为据 · later events or keys rest on it: agency_event_in_use"
// @Failure     422 {object} v1.Problem "没有写明记录 · no event is named: required_field"
// @Router      /api/v1/agencies/{id}/cancel [post]
func (s *server) cancelAgencyEvent(c echo.Context) error {
	var req v1.CancelAgencyEventRequest
	return s.changeAgency(c, &req, func(ctx context.Context, id int64) (indicator.Agency, error) {
		if req.Event == "" {
			return indicator.Agency{}, fault.Required("/event")
		}
		event, err := strconv.ParseInt(req.Event, 10, 64)
		if err != nil {
			return indicator.Agency{}, fault.Newf(fault.NotFound, "没有这个记录编号", "there is no event with this id").At("/event")
		}
		return s.Service.CancelAgencyEvent(ctx, id, event)
	})
}

// listAgencyEvents
//
// @Summary     单位变更记录 · Events of an agency
// @Description 该单位（含并入的单位）的别名、更名、合并、承接，以及由它承接的，按记录先后，已撤销的也在内。 What was recorded about the agency, those merged into it and the duties that pass to it, in the order it was recorded, cancelled events too.
// @Tags        agencies
// @ID          listAgencyEvents
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id path string true "单位编号 · id of the agency" example(12)
// @Success     200 {object} v1.AgencyEvents "记录 · the events"
// @Failure     403 {object} v1.Problem "只限管理员 · for admins: forbidden"
// @x-table   true
// @Router      /api/v1/agencies/{id}/events [get]
func (s *server) listAgencyEvents(c echo.Context) error {
	p := query(c, tableParams...)
	as := p.shape(c, nil)
	if p.err != nil {
		return p.err
	}
	id, err := agencyInPath(c)
	if err != nil {
		return err
	}
	return answerRows(s, c, as, listing[v1.AgencyEvent]{
		name: "agency-events", title: fault.Text{ZH: "单位变动", EN: "Events of an agency"},
		read: func(ctx context.Context) ([]v1.AgencyEvent, string, error) {
			events, err := s.Service.AgencyEvents(ctx, id)
			return each(events, wireAgencyEvent), "", err
		},
		page: func(rows []v1.AgencyEvent, _ *string) any { return v1.AgencyEvents{Items: rows} },
	})
}

// agencyInPath is the id of an agency in the path.
func agencyInPath(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return 0, fault.Newf(fault.NotFound, "没有这个单位编号", "there is no agency with this id")
	}
	return id, nil
}

// changeAgency reads a request about the agency in the path, lets a function carry it
// out, and answers with the agency that comes of it.
func (s *server) changeAgency(c echo.Context, req any, change func(ctx context.Context, id int64) (indicator.Agency, error)) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	if err := s.decode(c, req); err != nil {
		return err
	}
	id, err := agencyInPath(c)
	if err != nil {
		return err
	}
	changed, err := change(c.Request().Context(), id)
	if err != nil {
		return err
	}
	if s.Keys != nil {
		s.Keys.ForgetAll()
	}
	return c.JSON(http.StatusOK, wireAgency(changed))
}

// dayFrom reads the first day of a change; zero for none given.
func dayFrom(text string) (indicator.Date, error) {
	if text == "" {
		return indicator.Date{}, nil
	}
	day, err := indicator.ParseDate(text)
	return day, fault.At(err, "/from")
}

// listMatches
//
// @Summary     单位名称匹配 · Proposals about names of agencies
// @Description 本计划首次写到、与本辖区已知单位相近的名称，逐一列出可能所指的单位，供审核；未经确认，该名称是单独的单位。 Names that were new in the jurisdiction when this plan first wrote them, with each agency that they may be another name of, for review; until that is confirmed the name is an agency of its own.
// @Tags        plans
// @ID          listAgencyMatches
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan path string true "计划代码 · plan code" example(qingzhou-2023)
// @Success     200 {object} v1.AgencyMatches "匹配 · the proposals"
// @Failure     403 {object} v1.Problem "只限可审核者 · for those who may review: forbidden"
// @Router      /api/v1/plans/{plan}/agency-matches [get]
func (s *server) listMatches(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	plan := c.Param("plan")
	matches, err := s.Service.AgencyMatches(c.Request().Context(), plan)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.AgencyMatches{Plan: plan, Items: each(matches, wireMatch)})
}

// decideMatches
//
// @Summary     审核单位名称匹配 · Decide about names of agencies
// @Description 在一个事务里确认 `confirm`、驳回 `reject` 所列匹配，任一有误则全部不改。确认即把该名称（及其已有的任务、指标、密钥）并入所指单位，成为其别名；驳回则仍为单独的单位。重复提交不再产生变化。
// @Description
// @Description In one transaction confirms the proposals in `confirm` and rejects those in `reject`; one wrong id and nothing changes. Confirming merges the name, with the tasks, indicators and keys that it has, into the agency, as another name of it; a name that is rejected stays an agency of its own. Sending it again changes nothing more.
// @Tags        plans
// @ID          decideAgencyMatches
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan     path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       decision body v1.DecideMatchesRequest true "决定 · the decision"
// @Success     200 {object} v1.AgencyMatches "决定之后的匹配 · the proposals as they are then"
// @Failure     409 {object} v1.Problem "职责已由其他单位承接 · the duties pass to another: agency_succeeded"
// @Failure     422 {object} v1.Problem "编号有误、重复，或已另有决定 · an id is wrong, listed twice, or was decided otherwise: invalid_value"
// @Router      /api/v1/plans/{plan}/agency-matches [post]
func (s *server) decideMatches(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.DecideMatchesRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	var d indicator.MatchDecision
	var err error
	if d.Confirm, err = idsAt("confirm", req.Confirm); err != nil {
		return err
	}
	if d.Reject, err = idsAt("reject", req.Reject); err != nil {
		return err
	}
	plan := c.Param("plan")
	matches, err := s.Service.DecideMatches(c.Request().Context(), plan, d)
	if err != nil {
		return err
	}
	if s.Keys != nil {
		s.Keys.ForgetAll()
	}
	return c.JSON(http.StatusOK, v1.AgencyMatches{Plan: plan, Items: each(matches, wireMatch)})
}

// idsAt reads the ids in a list of a request.
func idsAt(list string, texts []string) ([]int64, error) {
	ids := make([]int64, len(texts))
	for i, text := range texts {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return nil, fault.Newf(fault.InvalidValue, "应为匹配的编号", "the id of a proposal is expected").At(fmt.Sprintf("/%s/%d", list, i))
		}
		ids[i] = id
	}
	return ids, nil
}
