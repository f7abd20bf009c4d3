package configapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

func (a api) properties() map[string]transport.Action {
	const register = "properties.configuration:rw"
	license, group := []string{"properties.license.value--my:rw"}, []string{"properties.group.value--my:rw"}
	return map[string]transport.Action{
		"register_property":   write(transport.Perform(a.register), register),
		"unregister_property": write(transport.Perform(a.unregister), register),
		"publish_property":    write(transport.Perform(a.publish), register),
		"list_properties":     read(transport.Answer(a.listProperties), register),

		"update_license_properties": write(transport.Perform(a.updateLicense), license...),
		"delete_license_properties": write(transport.Perform(a.deleteLicense), license...),
		"list_license_properties":   read(transport.Answer(a.listLicense), "properties.license.value--my:ro"),
		"update_group_properties":   write(transport.Perform(a.updateGroupProperties), group...),
		"delete_group_properties":   write(transport.Perform(a.deleteGroupProperties), group...),
		"list_groups_properties":    read(transport.Answer(a.listGroupsProperties), "properties.group.value--all:ro"),
	}
}

// property names a registered property.
type property struct {
	Name  string `json:"name"`
	Owner string `json:"owner_client_id"`
}

func (a api) register(ctx context.Context, r *transport.Request, in struct {
	property
	store.PropertyDefinition
}) error {
	return a.e.RegisterProperty(ctx, r.Actor, in.Owner, in.Name, in.PropertyDefinition)
}

func (a api) unregister(ctx context.Context, r *transport.Request, in property) error {
	return a.e.UnregisterProperty(ctx, r.Actor, in.Owner, in.Name)
}

func (a api) publish(ctx context.Context, r *transport.Request, in struct {
	property
	Access []string `json:"access_type"`
}) error {
	return a.e.PublishProperty(ctx, r.Actor, in.Owner, in.Name, in.Access)
}

func (a api) listProperties(_ context.Context, _ *transport.Request, in property) (map[string]store.PropertyDefinition, error) {
	if in.Owner == "" {
		return nil, transport.Missing("owner_client_id")
	}
	return a.e.Definitions(in.Owner), nil
}

type setProperties struct {
	Properties protocol.Properties `json:"properties"`
}

type dropProperties struct {
	Properties map[string][]string `json:"properties"`
}

func (a api) updateLicense(ctx context.Context, r *transport.Request, in setProperties) error {
	return a.e.UpdateLicenseProperties(ctx, r.Actor, r.Cred.ClientID, in.Properties)
}

func (a api) deleteLicense(ctx context.Context, r *transport.Request, in dropProperties) error {
	return a.e.DeleteLicenseProperties(ctx, r.Actor, r.Cred.ClientID, in.Properties)
}

// listLicense shows a token with the scope for its own namespace that alone.
func (a api) listLicense(_ context.Context, r *transport.Request, in engine.PropertyQuery) (protocol.Properties, error) {
	all := a.e.LicenseProperties(in)
	if r.Actor.Scopes.Any("properties.license.value--all:ro") {
		return all, nil
	}
	mine := protocol.Properties{}
	if p, ok := all[r.Cred.ClientID]; ok {
		mine[r.Cred.ClientID] = p
	}
	return mine, nil
}

func (a api) updateGroupProperties(ctx context.Context, r *transport.Request, in struct {
	GroupID *int `json:"group_id"`
	setProperties
}) error {
	if in.GroupID == nil {
		return transport.Missing("group_id")
	}
	return a.e.UpdateGroupProperties(ctx, r.Actor, r.Cred.ClientID, *in.GroupID, in.Properties)
}

func (a api) deleteGroupProperties(ctx context.Context, r *transport.Request, in struct {
	byID[int]
	dropProperties
}) error {
	id, err := in.need()
	if err != nil {
		return err
	}
	return a.e.DeleteGroupProperties(ctx, r.Actor, r.Cred.ClientID, id, in.Properties)
}

// groupProperties is one element of list_groups_properties.
type groupProperties struct {
	ID         int                 `json:"id"`
	Properties protocol.Properties `json:"properties"`
}

// listGroupsProperties lists some groups, or, where none is named, all.
func (a api) listGroupsProperties(_ context.Context, _ *transport.Request, in struct {
	GroupIDs []int `json:"group_ids"`
	engine.PropertyQuery
}) ([]groupProperties, error) {
	if in.GroupIDs == nil {
		return nil, transport.Missing("group_ids")
	}
	ids := in.GroupIDs
	if len(ids) == 0 {
		ids = []int{0}
		for _, g := range a.e.Groups() {
			if g.ID != 0 {
				ids = append(ids, g.ID)
			}
		}
	}
	out := []groupProperties{}
	for _, id := range ids {
		out = append(out, groupProperties{id, a.e.GroupProperties(id, in.PropertyQuery)})
	}
	return out, nil
}
