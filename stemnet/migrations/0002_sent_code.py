import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stemnet', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
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
        ),
    ]
