"""Evaluations of before as questionnaires in one version; answers stay as they are, by the same codes."""

SECTIONS = {'words': 'In your own words', 'choice': 'About you'}


def into_questionnaires(apps, schema_editor):
    """Give each evaluation a questionnaire of its network, and each of its questions its number as a code."""
    Questionnaire = apps.get_model('registrations', 'Questionnaire')
    Question = apps.get_model('registrations', 'EvaluationQuestion')
    for evaluation in apps.get_model('registrations', 'Evaluation').objects.all():
        questionnaire, _made = Questionnaire.objects.get_or_create(
            network_id=evaluation.network_id, purpose='end', defaults={'made_at': evaluation.opened_at}
        )
        questions = list(Question.objects.filter(evaluation=evaluation))
        for question in questions:
            question.questionnaire = questionnaire
            question.code = str(question.number)
            question.section = SECTIONS.get(question.kind, 'Your experience')
            question.splits = question.kind == 'choice'
        Question.objects.bulk_update(questions, ['questionnaire', 'code', 'section', 'splits'])
        evaluation.questionnaire, evaluation.versions = questionnaire, [1]
        evaluation.end_of_id = evaluation.network_id
        if evaluation.closed_at is not None:
            evaluation.answered = evaluation.responses.count()
        evaluation.save(update_fields=['questionnaire', 'versions', 'end_of', 'answered'])


def out_of_questionnaires(apps, schema_editor):
    """Give each question back to its evaluation; what only a questionnaire can hold goes."""
    Evaluation = apps.get_model('registrations', 'Evaluation')
    Question = apps.get_model('registrations', 'EvaluationQuestion')
    Evaluation.objects.filter(end_of=None).delete()
    for evaluation in Evaluation.objects.all():
        asked = Question.objects.filter(questionnaire=evaluation.questionnaire, version=evaluation.version)
        asked.update(evaluation=evaluation)
    Question.objects.filter(evaluation=None).delete()
