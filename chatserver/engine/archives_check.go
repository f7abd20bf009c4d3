package engine

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Limits of filters at 3.6; those of values and forms are this server's own.
const (
	maxThreadIDs = 20
	maxChatIDs   = 1000
	maxGroupIDs  = 200
	maxValues    = 200
	maxForms     = 20
	maxFiltered  = 50 // properties in one request
	maxQuery     = 1024
)

// unknown refuses fields that this server does not know, by name.
func unknown(at string, extra jsontext.Value) error {
	var fields map[string]jsontext.Value
	if len(extra) == 0 || json.Unmarshal(extra, &fields) != nil || len(fields) == 0 {
		return nil
	}
	return invalid(at+"."+slices.Min(slices.Collect(maps.Keys(fields))), "is not known here")
}

// onlyThreads holds the rule that thread_ids excludes other filters and paging.
func onlyThreads(r protocol.ListArchivesRequest) error {
	f := *r.Filters
	ids := f.ThreadIDs
	f.ThreadIDs, f.Extra = nil, nil
	switch {
	case !reflect.DeepEqual(f, protocol.ArchiveFilters{}):
		return invalid("filters.thread_ids", "cannot be combined with other filters")
	case r.Limit != 0 || r.SortOrder != "":
		return invalid("filters.thread_ids", "cannot be combined with limit or sort_order")
	case len(ids) == 0:
		return invalid("filters.thread_ids", "is empty")
	}
	return checkIDs("filters.thread_ids", ids, maxThreadIDs)
}

func checkLimits(f protocol.ArchiveFilters) error {
	for _, l := range []struct {
		field  string
		n, max int
	}{
		{"query", len(f.Query), maxQuery}, {"group_ids", len(f.GroupIDs), maxGroupIDs},
		{"forms", len(f.Forms) + len(f.Surveys), maxForms}, {"customer_id", len(f.CustomerID), protocol.MaxID},
		{"customer_email", len(f.CustomerEmail), maxName},
	} {
		if l.n > l.max {
			return invalid("filters."+l.field, fmt.Sprintf("is longer than %d", l.max))
		}
	}
	return checkIDs("filters.chat_ids", f.ChatIDs, maxChatIDs)
}

// checkIDs takes lists of at most limit ids.
func checkIDs(field string, ids []string, limit int) error {
	if len(ids) > limit {
		return invalid(field, fmt.Sprintf("has more than %d ids", limit))
	}
	for _, id := range ids {
		if err := required(field, id); err != nil {
			return err
		}
	}
	return nil
}

// one is the rule that exactly one operator of a filter is set.
func one(field string, exists *bool, values, exclude int) error {
	switch {
	case exists == nil && values == 0 && exclude == 0 || exists != nil && values+exclude > 0 || values > 0 && exclude > 0:
		return invalid(field, "must have exactly one of exists, values and exclude_values")
	case values > maxValues || exclude > maxValues:
		return invalid(field, "has more than 200 values")
	}
	return nil
}

func checkSet(field string, f *protocol.SetFilter) error {
	if f == nil {
		return nil
	}
	if err := unknown(field, f.Extra); err != nil {
		return err
	}
	return one(field, f.Exists, len(f.Values), len(f.ExcludeValues))
}

// checkMembers is checkSet for filters without exists.
func checkMembers(field string, f *protocol.SetFilter) error {
	if f != nil && f.Exists != nil {
		return invalid(field+".exists", "is not known here")
	}
	return checkSet(field, f)
}

func checkNumbers(field string, f *protocol.NumberFilter) error {
	if f == nil {
		return nil
	}
	if err := unknown(field, f.Extra); err != nil {
		return err
	}
	return one(field, nil, len(f.Values), len(f.ExcludeValues))
}

// checkPropertyFilters is for list_archives and list_chats alike.
func checkPropertyFilters(field string, filters protocol.PropertyFilters) error {
	n := 0
	for ns, names := range filters {
		for name, f := range names {
			at := field + "." + ns + "." + name
			if n++; n > maxFiltered {
				return invalid(field, fmt.Sprintf("has more than %d properties", maxFiltered))
			}
			if err := unknown(at, f.Extra); err != nil {
				return err
			}
			if err := one(at, f.Exists, len(f.Values), len(f.ExcludeValues)); err != nil {
				return err
			}
			for _, v := range slices.Concat(f.Values, f.ExcludeValues) {
				if k := v.Kind(); k != '"' && k != '0' && k != 't' && k != 'f' {
					return invalid(at, "must have strings, numbers or booleans as values")
				}
			}
		}
	}
	return nil
}
