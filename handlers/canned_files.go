package handlers

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// addCannedFile keeps a file with a canned response.
func (s *Server) addCannedFile(c echo.Context) error {
	values, name, content, err := readOneFile(c, desk.MaxCannedFile)
	if err == nil && name == "" {
		err = &desk.Error{Code: desk.Invalid, Text: "Choose a file.", Field: "file"}
	}
	var r desk.CannedResponse
	if err == nil {
		r, err = s.oneCanned(c, values.Get("id"))
	}
	if err == nil {
		f := desk.CannedFile{ID: rand.Text(), Name: name}
		err = s.Canned.AddCannedFile(c.Request().Context(), team(visitIn(c).desk.Me()), r.ID, f, content)
	}
	return s.cannedDone(c, err, r)
}

// deleteCannedFile takes a file away from its response.
func (s *Server) deleteCannedFile(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	id := f.id("id", "This file is not there any more.")
	r, err := desk.CannedResponse{}, f.err
	if err == nil {
		r, err = s.withFile(c, id)
	}
	if err == nil {
		err = mayChange(visitIn(c).desk.Me(), r)
	}
	if err == nil {
		err = s.Canned.DeleteCannedFile(c.Request().Context(), team(visitIn(c).desk.Me()), id)
	}
	return s.cannedDone(c, err, r)
}

// withFile finds the response of a file, among those that the agent may see.
func (s *Server) withFile(c echo.Context, id string) (desk.CannedResponse, error) {
	list, err := s.canned(c, true)
	if err != nil {
		return desk.CannedResponse{}, err
	}
	for _, r := range list {
		if ownsFile([]desk.CannedResponse{r}, id) {
			return r, nil
		}
	}
	return desk.CannedResponse{}, desk.Fail(desk.NotFound, "This file is not there any more.")
}

// readOneFile reads a form with one file of a size. The file is held whole.
func readOneFile(c echo.Context, limit int64) (values url.Values, name string, content []byte, err error) {
	values = url.Values{}
	end, border := watchEnding(c.Request())
	parts, err := c.Request().MultipartReader()
	if err != nil {
		return values, "", nil, readError(err)
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			if err := end.whole(border); err != nil {
				return values, "", nil, readError(err)
			}
			return values, name, content, nil
		case err != nil:
			return values, "", nil, readError(err)
		}
		most := int64(maxSmallForm)
		if part.FileName() != "" {
			most = limit
		}
		b, err := io.ReadAll(io.LimitReader(part, most+1))
		switch {
		case err != nil:
			return values, "", nil, readError(err)
		case int64(len(b)) > most:
			return values, "", nil, desk.Failf(desk.Invalid, "This file is too large: at most %d MB.", int(most>>20))
		case part.FileName() != "":
			if name, content = strings.ToValidUTF8(part.FileName(), "\uFFFD"), b; len(name) > maxID {
				name = strings.ToValidUTF8(name[len(name)-maxID:], "") // the end has the kind
			}
		case len(values) > 20:
			return values, "", nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		default:
			values.Add(part.FormName(), string(b))
		}
	}
}
