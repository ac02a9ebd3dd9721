FROM python:3.11-slim

WORKDIR /srv/plenary
COPY run.lock ./
RUN python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r run.lock
COPY pyproject.toml README.md LICENSE ./
COPY app ./app
RUN python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .
COPY schedules ./schedules
RUN useradd --system --home-dir /srv/plenary plenary && mkdir var && chown plenary var
USER plenary
VOLUME /srv/plenary/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["plenary", "serve", "--host", "0.0.0.0", "--port", "8000"]
