# Base by digest, so that the same files make the same image: renew it with the locks.
ARG PYTHON=python:3.11-slim
FROM ${PYTHON} AS build
WORKDIR /srv/plenary
RUN python -m venv .venv
COPY run.lock ./
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r run.lock
COPY pyproject.toml README.md LICENSE ./
COPY app ./app
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
 && .venv/bin/python -m pip uninstall --yes --quiet pip setuptools wheel

FROM ${PYTHON}
WORKDIR /srv/plenary
COPY --from=build /srv/plenary/.venv ./.venv
COPY schedules ./schedules
# A number: orchestrators check by it that the container does not run as root.
RUN mkdir var && chown 10001:10001 var
ENV PATH=/srv/plenary/.venv/bin:$PATH
USER 10001:10001
VOLUME /srv/plenary/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Set PLENARY_BASE_URL to the public address: the service refuses to guess it from 0.0.0.0.
CMD ["plenary", "serve", "--host", "0.0.0.0", "--port", "8000"]
