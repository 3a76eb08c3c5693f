# One static binary in an image that holds nothing else but certificates, for
# PostgreSQL over TLS. Time zones are inside the binary.
#
#   docker build -t tracker .
#   docker run -p 127.0.0.1:8080:8080 -v tracker:/data tracker
#   docker exec CONTAINER tracker key create --name first --role admin
#
# serve listens on every address of the container: nobody but readers of its
# documentation is answered without a key.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=0.1.0
RUN CGO_ENABLED=1 go build -trimpath -pgo=cmd/tracker/serve.pgo \
      -tags 'osusergo netgo sqlite_omit_load_extension' \
      -ldflags "-s -w -X main.version=${VERSION:-0.1.0} -linkmode external -extldflags '-static'" \
      -o bin/tracker ./cmd/tracker
RUN mkdir /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /src/LICENSE /LICENSE
COPY --from=build /src/bin/tracker /usr/local/bin/tracker
COPY --from=build --chown=65532:65532 /data /data
ENV PATH=/usr/local/bin
ENV TRACKER_DATABASE=/data/tracker.db
ENV TRACKER_ADDR=0.0.0.0:8080
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["tracker", "health"]
ENTRYPOINT ["tracker"]
CMD ["serve"]
