from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stemnet', '0002_cache_and_sweep'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asker', models.CharField(max_length=64, verbose_name='who asked, hashed')),
                ('at', models.DateTimeField(db_index=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'request for a code',
                'verbose_name_plural': 'requests for codes',
                'indexes': [models.Index(fields=['asker', 'at'], name='asked_code_asker_at')],
            },
        ),
    ]
