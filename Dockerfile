# A small image with the server and nothing else. Data goes to /data; settings come from the environment.
#
#   docker build --tag pichat .
#   docker run --publish 8080:8080 --volume pichat:/data --env API_TOKEN=… pichat

FROM rust:1-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked && mkdir /data

# The same Debian as above: the binary needs the glibc it was built with.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /source/target/release/pichat /usr/local/bin/pichat
COPY --from=build --chown=nonroot:nonroot /data /data
WORKDIR /data
VOLUME /data
ENV HOST=0.0.0.0
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/pichat"]
