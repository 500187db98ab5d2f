FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STEMNET_DATA=/data BIND=0.0.0.0:8000
WORKDIR /app
RUN useradd --system stemnet && mkdir /data && chown stemnet /data
COPY requirements.txt .
RUN pip install --no-cache-dir --only-binary :all: --require-hashes -r requirements.txt
COPY . .
# The values below are for this step alone and end with it.
RUN SECRET_KEY=only-to-collect-files-0123456789-abcdefghijklmnopqrstuvwxyz ALLOWED_HOSTS=build.invalid \
    SITE_URL=https://build.invalid EMAIL_URL=smtp://build.invalid STEMNET_DATA=/tmp/build \
    python manage.py collectstatic --noinput
USER stemnet
VOLUME /data
EXPOSE 8000
CMD ["gunicorn"]
