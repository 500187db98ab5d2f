from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stemnet', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
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
        ),
        migrations.CreateModel(
            name='Sweep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'sweep',
                'verbose_name_plural': 'sweeps',
            },
        ),
    ]
