"""All tables as they are after the migrations named here, made at once where there are none yet."""

import stemnet.created_together
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('stemnet', '0001_initial'), ('stemnet', '0002_cache_and_sweep'), ('stemnet', '0003_asked_codes'), ('stemnet', '0004_message_class'), ('stemnet', '0005_mail_by_recipient'), ('stemnet', '0006_words_of_the_admin'), ('stemnet', '0007_retention')]

    initial = True

    dependencies = [
    ]

    operations = [
        stemnet.created_together.CreateTogether(
            models=[migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('kind', models.CharField(max_length=80, verbose_name='kind')),
                    ('params', models.JSONField(blank=True, default=dict, verbose_name='asked for')),
                    ('actor', models.CharField(max_length=120, verbose_name='asked by')),
                    ('state', models.CharField(choices=[('queued', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='queued', max_length=16, verbose_name='state')),
                    ('progress', models.PositiveIntegerField(default=0, verbose_name='steps done')),
                    ('total', models.PositiveIntegerField(default=0, verbose_name='total steps')),
                    ('result', models.FileField(blank=True, upload_to='jobs/', verbose_name='result')),
                    ('result_name', models.CharField(blank=True, max_length=200, verbose_name='name of the file')),
                    ('error', models.TextField(blank=True, verbose_name='what went wrong')),
                    ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                    ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='taken by a worker until')),
                    ('created_at', models.DateTimeField(verbose_name='asked at')),
                    ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='begun at')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ],
                options={
                    'verbose_name': 'job',
                    'verbose_name_plural': 'jobs',
                    'ordering': ['-created_at', '-pk'],
                    'indexes': [models.Index(fields=['state', 'created_at'], name='job_state_created'), models.Index(fields=['actor', '-created_at'], name='job_actor_newest')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='job_state_known', violation_error_message="That isn't a job state."), models.CheckConstraint(condition=models.Q(('progress__lte', models.F('total'))), name='job_progress_within_total', violation_error_message="A job can't be past its end."), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until', None)), _connector='OR'), name='job_running_has_lease', violation_error_message='A job has a lease only while it runs.')],
                },
            ), migrations.CreateModel(
                name='Mail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=250, verbose_name='key')),
                    ('template', models.CharField(max_length=120, verbose_name='template')),
                    ('recipient', models.CharField(blank=True, max_length=120, verbose_name='recipient')),
                    ('address', models.EmailField(max_length=254, verbose_name='address')),
                    ('object', models.CharField(blank=True, max_length=120, verbose_name='about')),
                    ('language', models.CharField(default='en', max_length=16, verbose_name='language')),
                    ('subject', models.CharField(max_length=250, verbose_name='subject')),
                    ('text', models.TextField(blank=True, verbose_name='text')),
                    ('html', models.TextField(blank=True, verbose_name='HTML')),
                    ('headers', models.JSONField(blank=True, default=dict, verbose_name='headers')),
                    ('attachments', models.JSONField(blank=True, default=list, verbose_name='attachments')),
                    ('mail_class', models.CharField(choices=[('transactional', 'transactional'), ('reminder', 'reminder'), ('invitation', 'invitation'), ('message', 'message')], default='transactional', max_length=16, verbose_name='kind')),
                    ('secret', models.BooleanField(default=False, verbose_name='has a code or private link')),
                    ('message_id', models.CharField(max_length=250, verbose_name='Message-ID')),
                    ('state', models.CharField(choices=[('queued', 'queued'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('in_doubt', 'in doubt'), ('missed', 'missed'), ('cancelled', 'cancelled')], default='queued', max_length=16, verbose_name='state')),
                    ('created_at', models.DateTimeField(verbose_name='queued at')),
                    ('due_at', models.DateTimeField(verbose_name='not sent before')),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='not sent after')),
                    ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='taken by a worker until')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                    ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                    ('last_error', models.TextField(blank=True, verbose_name='last error')),
                ],
                options={
                    'verbose_name': 'mail',
                    'verbose_name_plural': 'outbox',
                    'ordering': ['-created_at', '-pk'],
                    'indexes': [models.Index(fields=['state', 'due_at'], name='mail_state_due'), models.Index(fields=['address', 'template', 'created_at'], name='mail_address_template'), models.Index(fields=['object'], name='mail_object'), models.Index(fields=['-created_at', '-id'], name='mail_newest'), models.Index(fields=['recipient'], name='mail_recipient')],
                    'constraints': [models.UniqueConstraint(fields=('key',), name='mail_key_once', violation_error_message='This e-mail has already been queued.'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'in_doubt', 'missed', 'cancelled'])), name='mail_state_known', violation_error_message="That isn't an e-mail state."), models.CheckConstraint(condition=models.Q(('expires_at', None), ('mail_class', 'reminder'), _connector='OR'), name='mail_only_reminders_expire', violation_error_message='Only a reminder can be too late. All other e-mail goes out.'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_until', None)), _connector='OR'), name='mail_sending_has_lease', violation_error_message="An e-mail has a lease only while it's being sent."), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='mail_sent_has_moment', violation_error_message='An e-mail that was sent has the time it was sent.')],
                },
            ), migrations.CreateModel(
                name='SentCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('code_hash', models.CharField(max_length=64)),
                    ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                    ('sent_at', models.DateTimeField(db_index=True, verbose_name='sent')),
                ],
                options={
                    'verbose_name': 'code',
                    'verbose_name_plural': 'codes',
                },
            ), migrations.CreateModel(
                name='CacheEntry',
                fields=[
                    ('key', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='key, hashed')),
                    ('value', models.JSONField(verbose_name='value')),
                    ('until', models.DateTimeField(db_index=True, null=True, verbose_name='until')),
                ],
                options={
                    'verbose_name': 'cached value',
                    'verbose_name_plural': 'cached values',
                },
            ), migrations.CreateModel(
                name='Sweep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='when')),
                ],
                options={
                    'verbose_name': 'sweep',
                    'verbose_name_plural': 'sweeps',
                },
            ), migrations.CreateModel(
                name='AskedCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asker', models.CharField(max_length=64, verbose_name='who asked, hashed')),
                    ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ],
                options={
                    'verbose_name': 'request for a code',
                    'verbose_name_plural': 'requests for codes',
                    'indexes': [models.Index(fields=['asker', 'at'], name='asked_code_asker_at')],
                },
            ), migrations.CreateModel(
                name='RetentionPolicy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40, unique=True, verbose_name='class')),
                    ('days', models.PositiveIntegerField(blank=True, null=True, verbose_name='days')),
                    ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                    ('changed_by', models.CharField(blank=True, max_length=200, verbose_name='changed by')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='why')),
                    ('last_run_at', models.DateTimeField(blank=True, null=True, verbose_name='last run')),
                ],
                options={
                    'verbose_name': 'retention policy',
                    'verbose_name_plural': 'retention policies',
                },
            ), migrations.CreateModel(
                name='LegalHold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('object', models.CharField(max_length=120, verbose_name='about')),
                    ('label', models.CharField(max_length=200, verbose_name='what it covers')),
                    ('reason', models.CharField(max_length=300, verbose_name='why')),
                    ('ask', models.CharField(max_length=200, verbose_name='who to ask')),
                    ('begins_at', models.DateTimeField(verbose_name='since')),
                    ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                    ('set_by', models.CharField(max_length=200, verbose_name='set by')),
                    ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted')),
                    ('lifted_by', models.CharField(blank=True, max_length=200, verbose_name='lifted by')),
                ],
                options={
                    'verbose_name': 'legal hold',
                    'verbose_name_plural': 'legal holds',
                    'ordering': ['-begins_at', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('object',), name='legalhold_one_an_object')],
                },
            ), migrations.CreateModel(
                name='RetentionRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40, verbose_name='class')),
                    ('at', models.DateTimeField(verbose_name='when')),
                    ('before', models.DateTimeField(blank=True, null=True, verbose_name='what is older')),
                    ('dry', models.BooleanField(default=False, verbose_name='only counted')),
                    ('found', models.PositiveIntegerField(default=0, verbose_name='found')),
                    ('deleted', models.PositiveIntegerField(default=0, verbose_name='deleted')),
                    ('words', models.CharField(blank=True, max_length=400, verbose_name='what was changed')),
                    ('by', models.CharField(max_length=200, verbose_name='by')),
                ],
                options={
                    'verbose_name': 'run of retention',
                    'verbose_name_plural': 'runs of retention',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['-at', '-id'], name='retentionrun_newest')],
                },
            )],
        ),
    ]
