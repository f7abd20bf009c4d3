# A static binary on an empty base: nothing but the program, certificates and
# time zones. Build: docker build -t agentdesk .
# Run:   docker run -p 8080:8080 -v agentdesk:/data agentdesk
FROM golang:1.26 AS build
WORKDIR /src
ENV CGO_ENABLED=0 GOFLAGS=-mod=readonly
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -tags timetzdata -ldflags="-s -w" -o /out/agentdesk ./cmd/web \
 && mkdir -m 0700 /out/data

FROM gcr.io/distroless/static:nonroot
COPY --from=build /out/agentdesk /agentdesk
COPY --from=build --chown=nonroot:nonroot /out/data /data
# Listening beyond loopback keeps the demo off; set AGENTDESK_DEMO=true by hand
# to have it. AGENTDESK_PUBLIC_URL must be how browsers reach the container.
ENV AGENTDESK_ADDR=:8080 \
    AGENTDESK_DATA_DIR=/data \
    AGENTDESK_LOG_FORMAT=json
USER nonroot
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/agentdesk"]
